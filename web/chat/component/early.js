// The chat before Streamlit is there: on a slow line the first page answers by itself, and hands its turns over.

const firstPage = document.getElementById("wegwijzer-eerst");
const early = { turns: [], answering: null };

/** Let the form and the links of the first page ask, instead of leading to another page. */
function beginEarly() {
  const form = firstPage.querySelector("form");
  const field = form.querySelector("textarea");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!field.value.trim() || early.answering) return;
    window.wegwijzerSent(field.value);
    askEarly(field.value.trim());
    field.value = "";
  });
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    if (field.value.trim()) form.requestSubmit();
  });
  firstPage.addEventListener("click", (event) => {
    const link = event.target.closest('a[href*="vraag?q="]');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (early.answering) return;
    window.wegwijzerSent(link.textContent);
    window.wegwijzerFocus = "turn";
    askEarly(link.textContent);
  });
  firstPage.dataset.answers = ""; // For a website that shows it in a frame: see browser/embed.js.
}

/** Ask a question; its turn is kept as the chat keeps one, also when the answer has to wait for the chat. */
function askEarly(question) {
  if (early.answering) return;
  const history = storedTurns().filter((one) => one.answer).map((one) => one.question);
  const before = early.turns.at(-1);
  if (before) drawEarly(before, { last: false, chosen: question });
  const id = newId();
  const root = element("div", { class: "root" });
  const turn = {
    root, kind: "turn", id, number: early.turns.length + 1, question, last: true, recalled: false,
    notice: WORDS.announce_start, kept: JSON.stringify({ id, question, answer: null }),
  };
  early.turns.push(turn);
  const host = element("div", { class: "turn" });
  host.attachShadow({ mode: "open" }).append(root);
  firstPage.insertBefore(host, firstPage.querySelector("form"));
  drawEarly(turn, {});
  early.answering = answerEarly(question, history).then((given) => {
    early.answering = null;
    drawEarly(turn, given.kept ? { ...given, kept: JSON.stringify({ ...JSON.parse(given.kept), id }) } : given);
  });
}

function drawEarly(turn, changed) {
  const { root, ...data } = Object.assign(turn, changed);
  show({ data: [data], parentElement: root.parentNode, setTriggerValue: (_event, text) => askEarly(text) });
}

/** Return what is shown of an answer, or why there is none; what passes by itself the chat asks again. */
async function answerEarly(question, history) {
  try {
    const answer = await fetch(new URL(EARLY, document.baseURI), {
      method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ question, history }),
    });
    const given = await answer.json();
    if (answer.ok) return given;
    return answer.status === 503 ? { failure: given.error } : { failure: given.error, kept: null };
  } catch {
    return { failure: WORDS.not_reached };
  }
}

const isEarly = (root) => firstPage !== null && root.getRootNode().host?.parentNode === firstPage;

/** Leave the page to Streamlit, which shows the last turn of the first page at this root: the visitor reads on there. */
function leaveEarly(root) {
  if (!firstPage?.isConnected) return;
  const last = early.turns.at(-1)?.root;
  const within = last && firstPage.contains(document.activeElement) && document.activeElement.tagName !== "TEXTAREA";
  const top = last?.getBoundingClientRect().top;
  window.dispatchEvent(new CustomEvent("wegwijzer:drawn"));
  if (!last || !root) return;
  if (within) (root.querySelector("h3") ?? root.querySelector("h2")).focus({ preventScroll: true });
  bringToTop(root, top);
}

if (firstPage) beginEarly();
