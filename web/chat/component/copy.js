// An answer as plain text, for the clipboard.

function copyButton(turn, words) {
  const button = element("button", { type: "button", class: "quiet" }, words.copy);
  button.addEventListener("click", async () => {
    let said = words.copied;
    try {
      await navigator.clipboard.writeText(plainText(turn, words));
    } catch {
      said = words.copy_failed;
    }
    button.textContent = said;
    announce(said);
    setTimeout(() => { button.textContent = words.copy; }, 3000);
  });
  return button;
}

/** Return an answer with its sources as plain text, and of a question back the options with the choice. */
function plainText({ answer, chosen }, words) {
  const lines = answer.blocks.flatMap(plainLines);
  if (answer.card) {
    lines.unshift(answer.card.lead, ...answer.card.best.flatMap((one) =>
      [`${one.label} (${fill(words.sure, one)})`, ...one.reasons.map((r) => `- ${[r.lead, r.text].filter(Boolean).join(" ")} [${r.citation}]`)]),
    ...answer.card.change, ...(answer.card.question ? [answer.card.question] : []),
    ...answer.card.options.map((text) => `- ${text === chosen ? `${words.chosen}: ` : ""}${text}`));
  }
  const sources = answer.sources.map((source) => {
    const place = [source.title, source.origin, source.url].filter(Boolean).join(", ");
    return `[${source.n}] ${place}: “${source.quote}”`;
  });
  return [...lines, "", `${words.sources}:`, ...sources].join("\n");
}

function plainLines(block) {
  return block.lines.map((pieces, place) => {
    const text = pieces.map((piece) => (piece.cite === null ? piece.text : ` ${piece.text}`)).join("");
    return block.kind === "bullets" ? `- ${text}` : block.kind === "numbers" ? `${block.first + place}. ${text}` : text;
  });
}
