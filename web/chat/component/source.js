// The source of a marker: its section, with the quote marked; Escape leads back to the marker.

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

  function open(n, from) {
    const source = sources.find((one) => one.n === n);
    if (!source) return;
    if (opener === from) return close();
    if (opener) opener.setAttribute("aria-expanded", "false");
    opener = from;
    opener.setAttribute("aria-expanded", "true");
    panel.setAttribute("aria-label", fill(words.open_source, source) + ". " + words.quoted);
    panel.replaceChildren(...sourceContent(source, words, close, heading));
    place(panel, from);
    panel.hidden = false;
    panel.focus({ preventScroll: true });
    centre(panel.querySelector("mark"));
    panel.scrollIntoView({ block: "nearest" });
  }

  panel.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      event.stopPropagation();
      close();
    }
  });
  return { panel, open };
}

/** Put the panel right below the sentence or the list that its opener stands in. */
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

function sourceContent(source, words, close, heading) {
  const back = element("button", { type: "button", class: "quiet", "aria-label": words.back, onclick: close }, "✕ ", words.back_short);
  const head = element("div", { class: "source-head" },
    element("p", { class: "label" }, `${words.source} ${source.n}`), back);
  const quote = element("mark", {}, source.quote);
  const text = element("div", { class: "section-text", tabindex: "0", role: "group", "aria-label": source.title }, source.before, quote, source.after);
  const parts = [head, element(heading, { class: "source-title" }, source.title), text, whereabouts(source, words)].filter(Boolean);
  if (source.references.length) {
    parts.push(element("details", {},
      element("summary", {}, `${words.background} (${source.references.length})`),
      element("ul", {}, ...source.references.map((one) => element("li", {}, one)))));
  }
  return parts;
}

/** Scroll the section, not the page, so that the quote stands in its middle, or begins at its top when it is longer. */
function centre(mark) {
  const text = mark.parentElement;
  text.scrollTop = mark.offsetTop - Math.max(0, (text.clientHeight - mark.offsetHeight) / 2);
}

function whereabouts(source, words) {
  const link = source.url !== null && /^https?:\/\//.test(source.url)
    ? element("a", { href: source.url, target: "_blank", rel: "noopener noreferrer" }, words.open_document) : null;
  const parts = [source.origin, source.page !== null ? fill(words.page, source) : null, link].filter(Boolean);
  return parts.length ? element("p", { class: "where" }, ...parts.flatMap((part, place) => (place ? [" · ", part] : [part]))) : null;
}
