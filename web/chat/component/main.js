// What Streamlit calls: show the part of the page that the data describes, again only when the data changed.

const shown = new WeakMap();
const announced = (window.wegwijzerAnnounced ??= new Set());

export default function (component) {
  const { data: [data], parentElement, setTriggerValue } = component;
  const root = parentElement.querySelector(".root");
  const { thumb, ...rest } = data;
  const json = JSON.stringify(rest);
  const before = shown.get(root);
  shown.set(root, { json, thumb: JSON.stringify(thumb) });
  if (before?.json === json) {
    // What became of a thumb is told beside it; the answer stays as it is, with the source that is open.
    if (before.thumb !== JSON.stringify(thumb)) root.querySelector(".thumbs").dispatchEvent(new CustomEvent("stored", { detail: thumb }));
    return;
  }
  const ask = (text) => setTriggerValue("ask", text);
  if (data.kind === "memory") return recallTurns(data, (turns) => setTriggerValue("recall", turns));
  const rate = (given) => setTriggerValue("rate", given);
  const make = {
    intro: introParts, notice: (one) => [noticePart(one.text, one.failed)], turn: turnParts, comparison: comparisonParts,
  }[data.kind];
  root.replaceChildren(...make(data, data.words, ask, rate));
  if (data.kind === "turn") {
    rememberTurn(data);
    greet(root, data, before === undefined);
  }
  if (data.kind === "comparison" && before === undefined) announce(data.words.announce_comparison);
}

function introParts(intro, words, ask) {
  const parts = [element("h1", {}, intro.title), element("p", { class: "intro-lead" }, intro.lead)];
  if (intro.more) parts.push(element("p", {}, intro.more));
  if (intro.lines.length) {
    parts.push(element("div", { class: "disclosure" }, element("p", { class: "label" }, words.good_to_know),
      ...intro.lines.map((line) => element("p", {}, line)), moreDetails(intro.privacy, words)));
  }
  if (intro.suggestions.length) {
    parts.push(element("p", { class: "label" }, words.suggestions), questionButtons(intro.suggestions, ask));
  }
  return [element("div", { class: "intro" }, ...parts)];
}

function moreDetails(lines, words) {
  return element("details", {}, element("summary", {}, words.privacy), ...lines.map((line) => element("p", {}, line)));
}

/** Bring a new question to the top of the view, and announce once that its answer is sought and there. */
function greet(root, turn, isNew) {
  const step = turn.answer || turn.failure ? "done" : "start";
  const name = `${turn.id} ${step}`;
  if (announced.has(name)) return;
  announced.add(name);
  if (turn.recalled) {
    if (turn.last) bringToTop(root);
    return;
  }
  if (step === "start") announce(turn.words.announce_start);
  if (turn.answer) announce(fill(turn.words.announce_done, turn.answer));
  if (isNew) bringToTop(root);
}

/** Scroll a new question to the top of the view, again while the page settles, until the visitor scrolls. */
function bringToTop(root) {
  const stop = new AbortController();
  const settle = [0, 150, 400].map((delay) => setTimeout(() => root.scrollIntoView({ block: "start" }), delay));
  for (const name of ["wheel", "touchstart", "keydown", "pointerdown"]) {
    window.addEventListener(name, () => {
      settle.forEach(clearTimeout);
      stop.abort();
    }, { signal: stop.signal, passive: true });
  }
  setTimeout(() => stop.abort(), 500);
}
