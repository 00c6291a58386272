// The advice: which type, the question that decides, why, how sure in words and as a bar, and what would change it.

const FIRST_REASONS = 1; // Of each type; the others are folded.

/** Return the card of an advice; `marker(n)` makes the button of a source and `ask(text)` asks a question. */
function adviceCard(card, turn, words, marker, ask, compare) {
  const asked = card.question !== null;
  const [first, ...rest] = card.best;
  const parts = [element("p", { class: "label" }, asked ? words.asks_first : words.advice), element("h3", { tabindex: "-1" }, card.lead)];
  if (asked) {
    parts.push(questionBack(card, turn, words, ask));
    parts.push(element("div", { class: "pair" }, ...card.best.map((one) => candidate(one, null, words, marker))));
  } else {
    parts.push(candidate({ ...first, label: "" }, words.sure, words, marker));
    rest.forEach((one) => parts.push(element("div", { class: "second" },
      element("p", { class: "label" }, words.second), candidate(one, words.percent, words, marker))));
  }
  parts.push(changes(card, words), more(card, words, marker, compare));
  return element("div", { class: "card" }, ...parts.filter(Boolean));
}

function candidate(one, measure, words, marker) {
  return element("div", { class: "candidate" },
    one.label ? element("h4", {}, one.label) : null,
    measure ? bar(one, measure, words) : null,
    one.reasons.length && !one.reasons[0].lead ? element("p", { class: "why" }, words.why) : null,
    reasonList(one.reasons.slice(0, FIRST_REASONS), marker));
}

function reasonList(reasons, marker) {
  if (!reasons.length) return null;
  return element("ul", { class: "reasons" },
    ...reasons.map((reason) => element("li", {}, reason.lead ? element("p", { class: "why" }, reason.lead) : null,
      element("p", { class: "said" }, ...cited(reason.text, marker(reason.citation))))));
}

/** Return, folded, the reasons that are not shown at once, all types, and the way to compare the first with another. */
function more(card, words, marker, compare) {
  const reasons = card.best.map((one) => ({ ...one, reasons: one.reasons.slice(FIRST_REASONS) })).filter((one) => one.reasons.length);
  const parts = [...reasons.flatMap((one) => [element("h4", {}, one.label), reasonList(one.reasons, marker)]), ...allTypes(card, words), compare];
  const told = [reasons.length ? words.more_reasons : null, card.others.length ? words.compare_types : null].filter(Boolean);
  const label = told.length > 1 ? words.more_reasons_and_types : told[0];
  return label ? element("details", {}, element("summary", {}, label), ...parts) : compare;
}

/** Return a button that opens what would change the advice, with the way to the input. */
function changes(card, words) {
  if (!card.change.length) return null;
  const more = element("div", { class: "changes", hidden: true }, ...card.change.map((line) => element("p", {}, line)),
    element("button", { type: "button", class: "quiet", onclick: toInput }, words.tell_more));
  const opener = element("button", { type: "button", class: "quiet change", "aria-expanded": "false", onclick: () => {
    more.hidden = !more.hidden;
    opener.setAttribute("aria-expanded", String(!more.hidden));
  } }, words.change);
  return element("div", { class: "change-box" }, opener, more);
}

function toInput() {
  document.querySelector('#wegwijzer-eerst textarea, [data-testid="stChatInputTextArea"]')?.focus();
}

/** Return a bar with its value in words; the words carry the meaning, the bar repeats it. */
function bar(one, measure, words) {
  const value = element("span", { class: "fill" });
  value.style.width = `${one.percent}%`;
  const text = element("span", { class: "percent" }, fill(measure, one));
  if (measure === words.percent) text.append(element("span", { class: "unseen" }, ` ${words.chance}`));
  return element("div", { class: "sure" }, element("span", { class: "bar", "aria-hidden": "true" }, value), text);
}

function allTypes(card, words) {
  if (!card.others.length) return [];
  const rows = [...card.best, ...card.others].map((one) =>
    element("li", {}, element("span", {}, one.label), bar(one, words.percent, words)));
  return [element("h4", {}, words.others), element("ul", { class: "types" }, ...rows)];
}

/** Return the question back with its options; of a past one the options stay to be read, with the choice marked. */
function questionBack(card, turn, words, ask) {
  const box = element("div", { class: "back-question" }, element("h4", { class: "lead" }, card.question));
  if (turn.last) box.append(element("p", {}, words.choose), questionButtons(card.options, ask));
  else {
    const mark = (text) => (text === turn.chosen ? element("strong", {}, `${words.chosen}: ${text}`) : text);
    box.append(element("ul", { class: "past" }, ...card.options.map((text) => element("li", {}, mark(text)))));
  }
  return box;
}

function questionButtons(questions, ask) {
  return element("ul", { class: "questions" }, ...questions.map((text) =>
    element("li", {}, element("button", { type: "button", onclick: () => ask(text) }, text))));
}
