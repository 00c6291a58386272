// The guided conversation: the question that comes now, the answers so far, and bars that move with them.

const guides = new WeakMap(); // Of each root: what is drawn, and how wide its bars are.

export default function (component) {
  const { data: [data], parentElement, setTriggerValue } = component;
  const root = parentElement.querySelector(".root");
  const json = JSON.stringify(data);
  const before = guides.get(root);
  if (before?.json === json) return;
  const widths = Object.fromEntries(data.types.map((one) => [one.practice, one.percent]));
  guides.set(root, { json, widths });
  const on = {
    answer: (criterion, value) => setTriggerValue("answer", { criterion, value }),
    again: () => setTriggerValue("again", true),
    close: () => setTriggerValue("close", true),
    compare: (pair) => setTriggerValue("compare", pair),
  };
  root.replaceChildren(element("div", { class: "guide answer" }, ...guideParts(data, data.words, on, before?.widths ?? widths)));
  moveBars(root, widths);
  if (before || data.focus) showNow(root, data, before);
}

function guideParts(data, words, on, widths) {
  return [
    element("div", { class: "row" }, element("h2", { tabindex: "-1" }, words.guide),
      element("button", { type: "button", class: "quiet", onclick: on.close }, words.close)),
    data.lead ? element("p", {}, data.lead) : null,
    data.question ? questionPart(data, words, on) : endPart(data, words, on),
    standingPart(data, words, widths),
    data.given.length ? givenPart(data, words, on) : null,
  ].filter(Boolean);
}

function questionPart({ question, number }, words, on) {
  return element("div", { class: "card now" },
    element("p", { class: "label" }, number),
    element("h3", { tabindex: "-1" }, question.text),
    answerButtons(question.criterion, question.choices, null, on));
}

/** Return the answers as big buttons, with the one that was given marked. */
function answerButtons(criterion, choices, value, on) {
  return element("ul", { class: "choices" }, ...choices.map((one) => element("li", {}, element("button", {
    type: "button",
    "aria-pressed": value === null ? null : String(one.value === value),
    onclick: () => on.answer(criterion, one.value),
  }, one.text))));
}

function standingPart(data, words, widths) {
  const rows = data.types.map((one) => {
    const value = element("span", { class: "fill", "data-practice": one.practice });
    value.style.width = `${widths[one.practice]}%`;
    return element("li", { class: one.practice === data.leading?.practice ? "leading" : null },
      element("span", {}, one.label),
      element("span", { class: "bar", "aria-hidden": "true" }, value),
      element("span", { class: "percent" }, one.share));
  });
  return element("div", { class: "standing" }, element("h3", {}, words.standing), element("ul", {}, ...rows));
}

/** Let the bars go to their new width from where they were; the style sheet says how fast. */
function moveBars(root, widths) {
  requestAnimationFrame(() => requestAnimationFrame(() => {
    for (const one of root.querySelectorAll(".standing .fill")) one.style.width = `${widths[one.dataset.practice]}%`;
  }));
}

function givenPart(data, words, on) {
  return element("div", { class: "given" },
    element("h3", {}, words.given),
    element("ol", {}, ...data.given.map((one) => givenRow(one, words, on))),
    element("button", { type: "button", class: "quiet", onclick: on.again }, words.again));
}

function givenRow(one, words, on) {
  const choices = answerButtons(one.criterion, one.choices, one.value, on);
  choices.hidden = true;
  const opener = element("button", {
    type: "button", class: "quiet", "aria-expanded": "false", "aria-label": fill(words.change_long, one),
  }, words.change);
  const show = (open) => {
    choices.hidden = !open;
    opener.setAttribute("aria-expanded", String(open));
    (open ? choices.querySelector("button") : opener).focus();
    if (open) choices.scrollIntoView({ block: "nearest" });
  };
  opener.addEventListener("click", () => show(choices.hidden));
  choices.addEventListener("keydown", (event) => { if (event.key === "Escape") show(false); });
  return element("li", {}, element("div", { class: "row" },
    element("p", {}, `${one.question} `, element("strong", {}, one.text)), opener), choices);
}

function endPart(data, words, on) {
  const { end } = data;
  const { open } = sourcePanel(data.sources, words, "h4");
  const marker = (n) => element("button", {
    type: "button", class: "marker", "aria-expanded": "false",
    "aria-label": fill(words.open_source, data.sources.find((source) => source.n === n)),
    onclick: (event) => open(n, event.currentTarget),
  }, `[${n}]`);
  return element("div", { class: "card now" },
    element("p", { class: "label" }, words.advice),
    element("h3", { tabindex: "-1" }, end.lead),
    givenReasons(end.reasons, words, marker),
    end.runner_up ? element("div", { class: "second" },
      element("h4", {}, `${words.second}: ${end.runner_up.label} (${end.runner_up.share})`),
      givenReasons(end.runner_up.reasons, words, marker)) : null,
    end.steps ? stepsPart(end.steps, words, marker) : null,
    end.checks.length ? checksPart(end.checks, words, on) : null,
    data.comparable ? compareTypes(data.compared, words, on) : null,
    data.contact ? element("p", { class: "contact" }, data.contact) : null,
    notePart(data, words));
}

/** Return the button that sets the two best types beside each other, or all types when none is chosen. */
function compareTypes(pair, words, on) {
  const opener = element("button", { type: "button", class: "quiet", onclick: () => {
    window.wegwijzerCompared = opener;
    on.compare(pair);
  } }, pair.length ? words.compare_two : words.compare_types);
  return element("div", { class: "actions" }, opener);
}

function givenReasons(reasons, words, marker) {
  if (!reasons.length) return null;
  return element("ul", { class: "reasons" }, ...reasons.map((one) => element("li", {},
    element("strong", {}, `${one.about} `), `${one.frame} `,
    ...(one.citation ? cited(`“${one.quote}”`, marker(one.citation)) : []))));
}

function stepsPart(steps, words, marker) {
  const lead = steps.citation ? cited(steps.lead, marker(steps.citation)) : [steps.lead];
  return element("div", {},
    element("h4", {}, words.steps),
    element("div", { class: "list-box list" }, element("p", {}, ...lead),
      element("ol", { class: "list" }, ...steps.items.map((one) => element("li", {}, one)))));
}

function checksPart(checks, words, on) {
  return element("details", {}, element("summary", {}, words.checks),
    element("ul", { class: "checks" }, ...checks.map((one) => element("li", {}, `${one.text} `, element("button", {
      type: "button", class: "quiet", "aria-label": `${words.check}: ${one.text}`,
      onclick: () => on.answer(one.criterion, "yes"),
    }, words.check)))));
}

/** Return the form of the note: its answers and the situation go into the address of a page or a file. */
function notePart(data, words) {
  const hidden = Object.entries(data.answers).map(([name, value]) => element("input", { type: "hidden", name, value }));
  const situation = element("textarea", { name: "situatie", rows: 3, maxlength: data.most_situation });
  const button = (value, text, target) => element("button", { name: "als", value, formtarget: target, class: "quiet" }, text);
  return element("form", { class: "note-form", action: data.note, method: "get" }, ...hidden,
    element("h4", {}, words.note), element("p", {}, words.note_lead),
    element("label", {}, words.situation, situation),
    element("p", { class: "where" }, words.in_address),
    element("div", { class: "actions" }, button("pagina", words.print, "_blank"), button("word", words.word, null)));
}

/** Put the focus on the question or the end that came, and say which type comes first now. */
function showNow(root, data, before) {
  const heading = root.querySelector(before ? ".now h3" : "h2");
  heading.focus({ preventScroll: true });
  root.scrollIntoView({ block: "start" });
  if (before) announce(data.leading ? fill(data.words.announce, data.leading) : data.words.announce_even);
}
