// The types beside each other; on a narrow screen, or when that was asked, two of them, which the visitor chooses.

const NARROW = matchMedia("(max-width: 61.99rem)");

function comparisonParts(data, words, on) {
  const { practices, labels, rows } = data.comparison;
  const sources = rows.flatMap((row) => row.pieces.filter((piece) => piece.cite !== null).map((piece) => cutAt(row, piece)));
  const { panel, open } = sourcePanel(sources, words, "h3");
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
  const asked = data.pair.map((one) => practices.indexOf(one)).filter((place) => place >= 0);
  const title = asked.length === 2 ? words.two_types : data.title;
  const table = element("table", { role: "table", "aria-label": title }, element("thead", { role: "rowgroup" }, head), element("tbody", { role: "rowgroup" }, ...body));
  const heading = element("h2", { tabindex: "-1" }, title);
  const opener = window.wegwijzerCompared;
  const back = () => {
    opener.focus({ preventScroll: true });
    opener.scrollIntoView({ block: "center" });
  };
  const wayBack = asked.length === 2 && opener ? quiet(words.back, back) : null;
  // Before the first question the button that opened it is right above.
  const close = data.after ? quiet(words.close, () => on.compare([]), { "aria-label": words.hide_comparison }) : null;
  const ways = wayBack || close ? element("div", { class: "actions" }, wayBack, close) : null;
  const box = element("div", { class: "comparison" }, heading, ways, chooser(table, labels, asked, words), table, panel);
  showTwo(box, asked.length === 2);
  return [box];
}

/** Show two types when that was asked, and else where there is no room for more. */
function showTwo(box, asked) {
  const arrange = () => box.classList.toggle("two", asked || NARROW.matches);
  NARROW.addEventListener("change", function again() {
    if (box.isConnected) arrange();
    else NARROW.removeEventListener("change", again);
  });
  arrange();
}

/** Return two fields that choose which types a narrow screen shows. */
function chooser(table, labels, asked, words) {
  const chosen = [asked[0] ?? 0, asked[1] ?? 1];
  const show = () => table.querySelectorAll("tr:not(.source-row)").forEach((row) => {
    const cells = [...row.children].slice(1);
    cells.forEach((one, place) => {
      one.classList.toggle("left-out", !chosen.includes(place));
      one.style.order = place === chosen[0] ? 1 : 2;
    });
    row.classList.toggle("untold", chosen.every((place) => cells[place].classList.contains("untold")));
  });
  const field = (side, name) => {
    const select = element("select", {}, ...labels.map((label, place) =>
      element("option", { value: place, selected: place === chosen[side] }, label)));
    select.addEventListener("change", () => {
      chosen[side] = Number(select.value);
      show();
    });
    return element("label", {}, element("span", {}, name), select);
  };
  show();
  return element("div", { class: "chooser" }, field(0, words.first_type), field(1, words.second_type));
}

/** Return a cell with the first sentence about a type; what more there is is folded. */
function cell(row, numbers, label, words, marker) {
  const [first, ...more] = numbers.map((n) =>
    element("p", {}, ...cited(shortened(row.pieces.find((piece) => piece.cite === n).text, label), marker(n))));
  if (!first) return element("td", { role: "cell", class: "untold" }, element("p", { class: "where" }, words.not_told));
  const folded = more.length ? element("details", {}, element("summary", {}, words.more), ...more) : null;
  return element("td", { role: "cell" }, first, folded);
}

/** Return a line without the name of its own column: '- Living lab: zij testen mee.' → 'Zij testen mee.' */
function shortened(text, label) {
  const found = text.match(/^\s*[-•*]?\s*([^:.]{1,60}):\s+(?=\S)/);
  const own = found && (label.startsWith(found[1]) || found[1].startsWith(label));
  const rest = own ? text.slice(found[0].length) : text.replace(/^\s*[-•*]\s+/, "");
  return own ? rest.charAt(0).toUpperCase() + rest.slice(1) : rest;
}

/** Return the section of a row, cut at one of its sentences. */
function cutAt(row, piece) {
  const place = row.pieces.indexOf(piece);
  const joined = (pieces) => pieces.map((one) => one.text).join("");
  return {
    ...row, n: piece.cite, quote: piece.text, before: joined(row.pieces.slice(0, place)), after: joined(row.pieces.slice(place + 1)),
  };
}
