// The types beside each other; on a narrow screen each row becomes a list, and stays a table to a screen reader.

function comparisonParts(data, words) {
  const { labels, rows } = data.comparison;
  const sources = rows.flatMap((row) => row.pieces.filter((piece) => piece.cite !== null).map((piece) => cutAt(row, piece)));
  const { panel, open } = sourcePanel(sources, words);
  const marker = (n) => element("button", {
    type: "button",
    class: "marker",
    "aria-expanded": "false",
    "aria-label": fill(words.open_source, sources.find((source) => source.n === n)),
    onclick: (event) => open(n, event.currentTarget),
  }, `[${n}]`);
  const head = element("tr", { role: "row" }, element("td", { role: "cell" }),
    ...labels.map((label) => element("th", { scope: "col", role: "columnheader" }, label)));
  const body = rows.map((row) => element("tr", { role: "row" },
    element("th", { scope: "row", role: "rowheader" }, row.criterion),
    ...row.cells.map((numbers, place) => cell(row, numbers, labels[place], words, marker))));
  const table = element("table", { role: "table", "aria-label": data.title }, element("thead", { role: "rowgroup" }, head), element("tbody", { role: "rowgroup" }, ...body));
  return [element("div", { class: "comparison" }, element("h2", {}, data.title), table, panel)];
}

function cell(row, numbers, label, words, marker) {
  const said = numbers.map((n) =>
    element("p", {}, ...cited(row.pieces.find((piece) => piece.cite === n).text, marker(n))));
  if (!said.length) said.push(element("p", { class: "where" }, words.not_told));
  return element("td", { role: "cell" }, element("span", { class: "of", "aria-hidden": "true" }, label), ...said);
}

/** Return the section of a row, cut at one of its sentences. */
function cutAt(row, piece) {
  const place = row.pieces.indexOf(piece);
  const joined = (pieces) => pieces.map((one) => one.text).join("");
  return {
    ...row, n: piece.cite, quote: piece.text, before: joined(row.pieces.slice(0, place)), after: joined(row.pieces.slice(place + 1)),
  };
}
