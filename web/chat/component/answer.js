// A turn: the question, and below it the notice, the failure or the answer with its sources.

const SHORT_HEADING = 120; // A longer question is a paragraph, with its first words as the heading.

/** Return the parts of a turn; `on` holds what is done with a question, a thumb and a comparison. */
function turnParts(turn, words, on) {
  const question = element("div", { class: "question" }, ...questionHeading(turn, words));
  if (turn.failure && turn.last) showTools(true); // There is no button to unfold them with.
  if (turn.failure) return [question, element("p", { class: "notice failed", role: "alert" }, turn.failure)];
  if (!turn.answer) return [question, noticePart(turn.notice)];
  return [question, answerPart(turn, words, on)];
}

function questionHeading(turn, words) {
  const before = fill(words.turn, { number: turn.number, question: "" });
  const short = turn.question.length <= SHORT_HEADING;
  const text = element(short ? "span" : "p", { class: "asked" }, turn.question);
  const shown = short ? text : `${turn.question.slice(0, SHORT_HEADING)}…`;
  const heading = element("h2", { class: short ? null : "unseen", tabindex: "-1" },
    element("span", { class: "unseen" }, before), shown);
  return short ? [heading] : [heading, text];
}

/** Return a notice that something is being done, or that it failed. */
function noticePart(text, failed = false) {
  const wheel = failed ? null : element("span", { class: "wheel", "aria-hidden": "true" });
  return element("p", { class: failed ? "notice failed" : "notice", role: failed ? "alert" : null }, wheel, text);
}

function answerPart(turn, words, on) {
  const answer = turn.answer;
  const { open } = sourcePanel(answer.sources, words);
  const titles = Object.fromEntries(answer.sources.map((source) => [source.n, source]));
  const marker = (n) => element("button", {
    type: "button",
    class: "marker",
    "aria-expanded": "false",
    "aria-label": fill(words.open_source, titles[n] ?? { n, title: "" }),
    onclick: (event) => open(n, event.currentTarget),
  }, `[${n}]`);
  const box = element("div", { class: `answer ${answer.status}` });
  const compare = compareButton(turn, words, on.compare);
  if (answer.card) box.append(adviceCard(answer.card, turn, words, marker, on.ask, compare));
  else box.append(element("h3", { class: "unseen", tabindex: "-1" }, words.answer));
  answer.blocks.forEach((block, place) => box.append(blockPart(block, words, marker, place === 0 && !answer.card)));
  if (answer.notice) box.append(element("p", { class: "label" }, answer.notice));
  if (answer.suggestions.length && turn.last) {
    box.append(element("p", {}, words.try), questionButtons(answer.suggestions, on.ask));
  }
  if (turn.contact && (answer.status === "refused" || answer.advised)) box.append(element("p", { class: "contact" }, turn.contact));
  if (answer.sources.length) box.append(sourceList(answer.sources, words, marker));
  box.append(...actions(turn, words, on, open, answer.card ? null : compare));
  return box;
}

const quiet = (label, onclick, attributes = {}) => element("button", { type: "button", class: "quiet", onclick, ...attributes }, label);

/** Return what can be done with an answer: read on, compare, judge it; below the last one the rest is folded. */
function actions(turn, words, on, open, compare) {
  const { sources, card } = turn.answer;
  const whole = sources.length && !card
    ? quiet(words.whole, (event) => open(sources[0].n, event.currentTarget, true), { "aria-expanded": "false" }) : null;
  const copy = sources.length ? copyButton(turn, words) : null;
  const [keep, kept] = turn.tools ? folded(copy, words) : [copy, null];
  return [
    element("div", { class: "actions" }, whole, compare, turn.thumbs ? thumbs(turn, words, on.rate) : null, keep),
    kept,
  ].filter(Boolean);
}

/** Return the button that leads to the comparison of the two types of an answer, or of an advice and the next one. */
function compareButton(turn, words, compare) {
  const { compared, card } = turn.answer;
  if (compared.length !== 2 || !turn.comparable) return null;
  const second = card?.best.length === 1 ? card.others.find((one) => one.practice === compared[1]) : null; // Not shown as such.
  return quiet(second ? fill(words.compare_with, second) : words.compare_two, (event) => {
    window.wegwijzerCompared = event.currentTarget;
    compare(compared);
  });
}

/** Return the button that shows a copy button and the row of the conversation below it, and the place of the first. */
function folded(copy, words) {
  const box = element("div", { class: "actions", hidden: true }, copy);
  const opener = quiet(words.keep, () => unfold(box.hidden), { "aria-expanded": "false" });
  const unfold = (open) => {
    box.hidden = !open;
    opener.setAttribute("aria-expanded", String(open));
    showTools(open);
    if (open) requestAnimationFrame(() => document.querySelector(".st-key-gereedschap")?.scrollIntoView({ block: "nearest" }));
  };
  showTools(false);
  return [opener, box];
}

/** Show or fold Streamlit's row of buttons below the last answer; see shell/page.css. */
function showTools(open) {
  document.documentElement.classList.toggle("wegwijzer-folded", !open);
}

/** Return a block as a paragraph, a note or a list. */
function blockPart(block, words, marker, leads) {
  const lines = block.lines.map((pieces) => lineParts(pieces, marker));
  if (block.kind === "bullets") return element("ul", { class: "list" }, ...lines.map((line) => element("li", {}, ...line)));
  if (block.kind === "numbers") {
    return element("ol", { class: "list", start: block.first }, ...lines.map((line) => element("li", {}, ...line)));
  }
  if (block.kind === "note") return element("p", { class: "note" }, element("span", { class: "label" }, words.our_note), " ", ...lines[0]);
  const quotes = block.lines[0].some((piece) => piece.quote);
  return element("p", { class: leads ? "first" : quotes ? null : "frame" }, ...lines[0]);
}

function lineParts(pieces, marker) {
  return pieces.flatMap((piece, place) => {
    const follows = place > 0 && pieces[place - 1].cite === null;
    if (piece.cite !== null) return follows ? [] : [marker(piece.cite)];
    if (piece.strong) return [element("strong", {}, piece.text)];
    const next = pieces[place + 1];
    if (next && next.cite !== null) return cited(piece.text, marker(next.cite));
    return [piece.text.trimEnd().endsWith(":") && !piece.quote ? element("strong", {}, piece.text) : piece.text];
  });
}

/** Return one row for each cited section, with the markers of its quotes, and who published it when. */
function sourceList(sources, words, marker) {
  const titles = [...new Set(sources.map((source) => source.title))];
  const rows = titles.map((title) => {
    const own = sources.filter((source) => source.title === title);
    const origin = own[0].origin ? element("span", { class: "where" }, ` · ${own[0].origin}`) : null;
    return element("li", {}, element("span", {}, ...own.map((source) => marker(source.n))), element("span", {}, title, origin));
  });
  return element("div", { class: "sources" },
    element("h4", { class: "label" }, words.sources), element("ul", {}, ...rows));
}
