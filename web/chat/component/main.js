// What Streamlit calls: show the part of the page that the data describes, again only when the data changed.

const shown = new WeakMap();
const style = new CSSStyleSheet();
style.replaceSync(STYLE);
const announced = (window.wegwijzerAnnounced ??= new Set());

export default function show(component) {
  const { data: [given], parentElement, setTriggerValue } = component;
  const data = { ...given, words: WORDS };
  const root = parentElement.querySelector(".root");
  root.getRootNode().adoptedStyleSheets = [style];
  const { thumb, ...rest } = given;
  const json = JSON.stringify(rest);
  const before = shown.get(root);
  shown.set(root, { json, thumb: JSON.stringify(thumb) });
  if (before?.json === json) {
    // What became of a thumb is told beside it; the answer stays as it is, with the source that is open.
    if (before.thumb !== JSON.stringify(thumb)) root.querySelector(".thumbs").dispatchEvent(new CustomEvent("stored", { detail: thumb }));
    return;
  }
  if (data.kind === "memory") return recallTurns(data, (turns) => setTriggerValue("recall", turns));
  const on = {
    ask: (text) => {
      window.wegwijzerSent(text);
      window.wegwijzerFocus = "turn";
      setTriggerValue("ask", text);
    },
    rate: (given) => setTriggerValue("rate", given),
    compare: (pair) => setTriggerValue("compare", pair),
  };
  const make = {
    intro: introParts, disclosure: (one, words) => [disclosure(one, words)], notice: (one) => [noticePart(one.text, one.failed)], turn: turnParts, comparison: comparisonParts,
  }[data.kind];
  root.replaceChildren(...make(data, data.words, on));
  if (data.kind === "turn") {
    rememberTurn(data);
    greet(root, data, before === undefined);
    focusTurn(root, data);
  }
  if (data.kind === "comparison") greetComparison(root, data, before === undefined);
  if (!isEarly(root) && (data.kind === "turn" ? data.last : !early.turns.length)) leaveEarly(root);
}

function introParts(intro, words, on) {
  const heading = element("h1", { tabindex: "-1" }, intro.title);
  window.wegwijzerIntro = heading;
  window.wegwijzerMost = { letters: intro.most, words: words.too_long };
  const printed = { date: new Date().toLocaleDateString("nl"), address: location.href.split(/[?#]/)[0] };
  const parts = [heading, element("p", { class: "intro-lead" }, intro.lead), element("p", { class: "on-paper" }, fill(words.printed, printed))];
  if (intro.suggestions.length) {
    parts.push(element("p", { class: "label" }, words.suggestions), questionButtons(intro.suggestions, on.ask));
  }
  const inFrame = window.parent !== window ? " framed" : "";
  return [element("div", { class: `intro${inFrame}` }, ...parts)];
}

/** Return who answers in one line, which opens to what happens to a question. */
function disclosure(data, words) {
  const lines = keepsTurns() ? data.lines : data.lines.map((line) => (line === data.kept ? words.not_in_tab : line));
  return element("details", { class: "disclosure" },
    element("summary", {}, data.said, " ", element("span", { class: "more" }, words.privacy)),
    ...lines.map((line) => element("p", {}, line)));
}

/** Put the focus on the question that a click asked, and on its answer when that is there. */
function focusTurn(root, turn) {
  if (window.wegwijzerFocus !== "turn" || !turn.last || turn.recalled) return;
  const done = turn.answer || turn.failure;
  root.querySelector(turn.answer ? "h3" : "h2").focus({ preventScroll: true });
  if (done) window.wegwijzerFocus = null;
}

/** After a start over, put the focus at the beginning. */
function focusStart(words) {
  if (window.wegwijzerFocus !== "start") return;
  window.wegwijzerFocus = null;
  window.wegwijzerIntro?.focus();
  announce(words.announce_cleared);
}

function greetComparison(root, data, isNew) {
  if (isNew) announce(data.words.announce_comparison);
  if (!data.times) return;
  root.querySelector("h2").focus({ preventScroll: true });
  bringToTop(root);
}

/** Bring a new question to the top of the view, and announce once that its answer is sought and there. */
function greet(root, turn, isNew) {
  const step = turn.answer || turn.failure ? "done" : "start";
  const name = `${turn.id} ${step}`;
  if (turn.recalled && turn.last) window.dispatchEvent(new CustomEvent("wegwijzer:recalled"));
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

/** Scroll a new question to this height in the view, again while the page settles, until the visitor scrolls. */
function bringToTop(root, top = 0) {
  const stop = new AbortController();
  const scroll = () => {
    root.scrollIntoView({ block: "start" });
    if (top) document.querySelector('[data-testid="stMain"]').scrollBy(0, root.getBoundingClientRect().top - top);
  };
  const settle = [0, 150, 400].map((delay) => setTimeout(scroll, delay));
  for (const name of ["wheel", "touchstart", "keydown", "pointerdown"]) {
    window.addEventListener(name, () => {
      settle.forEach(clearTimeout);
      stop.abort();
    }, { signal: stop.signal, passive: true });
  }
  setTimeout(() => stop.abort(), 500);
}
