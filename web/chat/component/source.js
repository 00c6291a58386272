// The source of a marker: its section, with the quote marked; Escape leads back to the marker.

const BESIDE = 160; // So many characters on either side of a quote are shown with it at least, up to the end of a line.

/** Return a panel that `open(n, opener)` fills and shows, its title a heading of this level; Escape or its button closes it. */
function sourcePanel(sources, words, heading = "h4") {
  const panel = element("section", { class: "source", tabindex: "-1", hidden: true });
  let opener = null;

  function close() {
    panel.hidden = true;
    panel.replaceChildren();
    panel.closest(".source-row")?.remove();
    if (opener) {
      opener.setAttribute("aria-expanded", "false");
      opener.focus();
      opener.scrollIntoView({ block: "nearest" });
    }
    opener = null;
  }

  function open(n, from, whole = false) {
    const source = sources.find((one) => one.n === n);
    if (!source) return;
    if (opener === from) return close();
    if (opener) opener.setAttribute("aria-expanded", "false");
    opener = from;
    opener.setAttribute("aria-expanded", "true");
    panel.setAttribute("aria-label", fill(words.open_source, source) + ". " + words.quoted);
    panel.replaceChildren(...sourceContent(source, words, close, heading, whole));
    place(panel, from);
    panel.hidden = false;
    panel.focus({ preventScroll: true });
    panel.scrollIntoView({ block: "nearest" });
    const mark = panel.querySelector("mark");
    if (mark.offsetHeight < innerHeight / 2) mark.scrollIntoView({ block: "nearest" }); // A longer one begins below the title.
  }

  panel.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      event.stopPropagation();
      close();
    }
  });
  return { panel, open };
}

/** Put the panel right below the sentence or the list that its opener is in. */
function place(panel, opener) {
  const whole = opener.closest(".pair") ?? opener.closest(".list"); // Half a column is too narrow to read in.
  const reasons = opener.closest(".reasons");
  const row = opener.closest("tr");
  panel.closest(".source-row")?.remove();
  if (whole) whole.after(panel);
  else if (reasons) reasons.after(panel);
  else if (row) row.after(element("tr", { class: "source-row", role: "row" }, element("td", { role: "cell", colspan: row.children.length }, panel)));
  else opener.closest(".answer > p, .sources, .actions").after(panel);
}

function sourceContent(source, words, close, heading, whole) {
  const back = element("button", { type: "button", class: "quiet", "aria-label": words.back, onclick: close }, "✕ ", words.back_short);
  const head = element("div", { class: "source-head" },
    element("p", { class: "label" }, `${words.source} ${source.n}`), back);
  const parts = [head, element(heading, { class: "source-title" }, source.title), ...passage(source, words, whole), whereabouts(source, words)].filter(Boolean);
  if (source.references.length) {
    parts.push(element("details", {},
      element("summary", {}, `${words.background} (${source.references.length})`),
      element("ul", {}, ...source.references.map((one) => element("li", {}, one)))));
  }
  return parts;
}

/** Return the section with its quote marked and, unless all of it was asked for, a button for what is further from it. */
function passage(source, words, whole) {
  const from = whole ? 0 : source.before.lastIndexOf("\n", source.before.length - BESIDE) + 1;
  const to = whole ? -1 : source.after.indexOf("\n", BESIDE);
  const cut = [source.before.slice(0, from), to < 0 ? "" : source.after.slice(to)];
  const [early, late] = cut.map((text) => (text.length < BESIDE ? text : element("span", { class: "further", hidden: true }, text)));
  const mark = element("mark", {}, source.quote);
  const text = element("div", { class: "section-text", tabindex: "-1", role: "group", "aria-label": source.title },
    early, source.before.slice(from), mark, to < 0 ? source.after : source.after.slice(0, to), late);
  const further = text.querySelectorAll(".further");
  const opener = element("button", { type: "button", class: "quiet", onclick: () => {
    const top = mark.getBoundingClientRect().top;
    further.forEach((one) => { one.hidden = false; });
    opener.remove();
    text.focus({ preventScroll: true });
    scrollerOf(text).scrollBy(0, mark.getBoundingClientRect().top - top); // The visitor reads on at the same place.
  } }, words.whole);
  return [text, further.length ? opener : null];
}

/** Return what scrolls a part of the page: Streamlit's main part, or the first page while that is there. */
function scrollerOf(part) {
  return part.getRootNode().host.closest('#wegwijzer-eerst, [data-testid="stMain"]');
}

function whereabouts(source, words) {
  const link = source.url !== null && /^https?:\/\//.test(source.url)
    ? element("a", { href: source.url, target: "_blank", rel: "noopener noreferrer" }, words.open_document) : null;
  const parts = [source.origin, source.page !== null ? fill(words.page, source) : null, link].filter(Boolean);
  return parts.length ? element("p", { class: "where" }, ...parts.flatMap((part, place) => (place ? [" · ", part] : [part]))) : null;
}
