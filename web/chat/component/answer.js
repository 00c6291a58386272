// A turn: the question, and below it the notice, the failure or the answer with its sources.

/** Return the parts of a turn. */
function turnParts(turn, words, ask, rate) {
  const question = element("div", { class: "question" },
    element("h2", { class: "unseen" }, words.you), element("p", {}, turn.question));
  if (turn.failure) return [question, element("p", { class: "notice failed", role: "alert" }, turn.failure)];
  if (!turn.answer) return [question, noticePart(turn.notice)];
  return [question, answerPart(turn, words, ask, rate)];
}

/** Return a notice that something is being done, or that it failed. */
function noticePart(text, failed = false) {
  const wheel = failed ? null : element("span", { class: "wheel", "aria-hidden": "true" });
  return element("p", { class: failed ? "notice failed" : "notice", role: failed ? "alert" : null }, wheel, text);
}

function answerPart(turn, words, ask, rate) {
  const answer = turn.answer;
  const { panel, open } = sourcePanel(answer.sources, words);
  const titles = Object.fromEntries(answer.sources.map((source) => [source.n, source]));
  const marker = (n) => element("button", {
    type: "button",
    class: "marker",
    "aria-expanded": "false",
    "aria-label": fill(words.open_source, titles[n] ?? { n, title: "" }),
    onclick: (event) => open(n, event.currentTarget),
  }, `[${n}]`);
  const box = element("div", { class: `answer ${answer.status}` }, element("h2", { class: "unseen" }, words.answer));
  if (answer.card) box.append(adviceCard(answer.card, turn, words, marker, ask));
  answer.paragraphs.forEach((pieces) => box.append(paragraph(pieces, marker)));
  if (answer.notice) box.append(element("p", { class: "label" }, answer.notice));
  if (answer.suggestions.length && turn.last) {
    box.append(element("p", {}, words.try), questionButtons(answer.suggestions, ask));
  }
  if (answer.sources.length) box.append(sourceList(answer.sources, words, marker));
  const copy = answer.sources.length ? copyButton(answer, words) : null;
  box.append(element("div", { class: "actions" }, copy, turn.thumbs ? thumbs(turn, words, rate) : null));
  return box;
}

function paragraph(pieces, marker) {
  const parts = pieces.flatMap((piece, place) => {
    const follows = place > 0 && pieces[place - 1].cite === null;
    if (piece.cite !== null) return follows ? [] : [marker(piece.cite)];
    const next = pieces[place + 1];
    if (next && next.cite !== null) return cited(piece.text, marker(next.cite));
    return [piece.text.trimEnd().endsWith(":") && !piece.quote ? element("strong", {}, piece.text) : piece.text];
  });
  return element("p", { class: pieces.some((piece) => piece.quote) ? null : "frame" }, ...parts);
}

/** Return one row for each cited section, with the markers of its quotes. */
function sourceList(sources, words, marker) {
  const titles = [...new Set(sources.map((source) => source.title))];
  const rows = titles.map((title) => element("li", {},
    ...sources.filter((source) => source.title === title).map((source) => marker(source.n)), " ", title));
  return element("div", { class: "sources" },
    element("p", { class: "label" }, words.sources), element("ul", {}, ...rows));
}

function copyButton(answer, words) {
  const button = element("button", { type: "button", class: "quiet" }, words.copy);
  button.addEventListener("click", async () => {
    let said = words.copied;
    try {
      await navigator.clipboard.writeText(plainText(answer, words));
    } catch {
      said = words.copy_failed;
    }
    button.textContent = said;
    announce(said);
    setTimeout(() => { button.textContent = words.copy; }, 3000);
  });
  return button;
}

/** Return an answer with its sources as plain text. */
function plainText(answer, words) {
  const lines = answer.paragraphs.map((pieces) => pieces.map((piece) =>
    (piece.cite === null ? piece.text : ` ${piece.text}`)).join(""));
  if (answer.card) {
    lines.unshift(answer.card.lead, ...answer.card.best.flatMap((one) =>
      [`${one.label} (${fill(words.sure, one)})`, ...one.reasons.map((r) => `- ${r.text} [${r.citation}]`)]),
    ...answer.card.change);
  }
  const sources = answer.sources.map((source) => `[${source.n}] ${source.title} (${source.file}): “${source.quote}”`);
  return [...lines, "", `${words.sources}:`, ...sources].join("\n");
}
