// The advice: which type, how sure in words and as a bar, why, the runner-up, and what would change it.

/** Return the card of an advice; `marker(n)` makes the button of a source and `ask(text)` asks a question. */
function adviceCard(card, turn, words, marker, ask) {
  const asked = card.question !== null;
  const [first, ...rest] = card.best;
  const parts = [element("p", { class: "label" }, words.advice), element("h3", {}, card.lead)];
  if (asked) {
    parts.push(element("div", { class: "pair" }, ...card.best.map((one) => candidate(one, words.percent, words, marker))));
    parts.push(questionBack(card, turn, words, ask));
  } else {
    parts.push(candidate({ ...first, label: "" }, words.sure, words, marker));
    rest.forEach((one) => parts.push(element("div", { class: "second" },
      element("p", { class: "label" }, words.second), candidate(one, words.percent, words, marker))));
    if (card.change.length) {
      parts.push(element("div", { class: "change" }, element("p", { class: "label" }, words.change),
        ...card.change.map((line) => element("p", {}, line))));
    }
  }
  if (card.others.length) parts.push(otherTypes(card, words));
  return element("div", { class: "card" }, ...parts);
}

function candidate(one, measure, words, marker) {
  const reasons = one.reasons.map((reason) => element("li", {}, ...cited(reason.text, marker(reason.citation))));
  return element("div", { class: "candidate" },
    one.label ? element("h4", {}, one.label) : null,
    bar(one, measure),
    reasons.length ? element("p", { class: "why" }, words.why) : null,
    reasons.length ? element("ul", { class: "reasons" }, ...reasons) : null);
}

/** Return a bar with its value in words; the words carry the meaning, the bar repeats it. */
function bar(one, measure) {
  const value = element("span", { class: "fill" });
  value.style.width = `${one.percent}%`;
  return element("div", { class: "sure" },
    element("span", { class: "bar", "aria-hidden": "true" }, value), element("span", {}, fill(measure, one)));
}

function otherTypes(card, words) {
  const rows = [...card.best, ...card.others].map((one) =>
    element("li", {}, element("span", {}, one.label), bar(one, words.percent)));
  return element("details", {}, element("summary", {}, words.others), element("ul", { class: "types" }, ...rows));
}

function questionBack(card, turn, words, ask) {
  const box = element("div", { class: "back-question" }, element("p", { class: "lead" }, card.question));
  if (turn.last) {
    box.append(element("p", {}, words.choose), questionButtons(card.options, ask));
  } else if (card.options.includes(turn.chosen)) {
    box.append(element("p", {}, `${words.chosen}: ${turn.chosen}`));
  }
  return box;
}

function questionButtons(questions, ask) {
  return element("ul", { class: "questions" }, ...questions.map((text) =>
    element("li", {}, element("button", { type: "button", onclick: () => ask(text) }, text))));
}
