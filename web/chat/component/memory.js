// The conversation, kept in this tab of the visitor's browser, so that a reload or a restart of the server loses nothing.

const STORE = "wegwijzer-gesprek";
const SENT = "wegwijzer-vraag";
const MOST_TURNS = 50;

let unstored = []; // What a browser that stores nothing would have kept: it lasts as long as the page.

function storedTurns() {
  const turns = readStore(STORE);
  return Array.isArray(turns) ? turns : unstored;
}

function readStore(name) {
  try {
    return JSON.parse(sessionStorage.getItem(name) ?? "null");
  } catch {
    return null; // Storage is forbidden in this frame, or holds something else.
  }
}

function writeStore(name, value) {
  try {
    if (value === null) sessionStorage.removeItem(name);
    else sessionStorage.setItem(name, JSON.stringify(value));
    return true;
  } catch {
    return false; // Storage is full or forbidden: the conversation goes on without it.
  }
}

function storeTurns(turns) {
  unstored = writeStore(STORE, turns.length ? turns.slice(-MOST_TURNS) : null) ? [] : turns.slice(-MOST_TURNS);
}

/** Return whether this browser keeps something in its tab at all. */
function keepsTurns() {
  return writeStore(`${SENT}-proef`, 1) && writeStore(`${SENT}-proef`, null);
}

const drawn = (window.wegwijzerDrawn ??= new Set()); // The ids of all turns that were on the page.

// What was sent and has no turn yet: the connection may break before it arrives.
window.wegwijzerSent = (text) => {
  window.wegwijzerWaiting = { text: text.trim(), before: [...drawn] };
  writeStore(SENT, window.wegwijzerWaiting);
};

function waitingTurn() {
  const waiting = window.wegwijzerWaiting ?? readStore(SENT);
  return typeof waiting?.text === "string" ? [{ id: newId(), question: waiting.text, answer: null }] : [];
}

function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return `t${[...bytes].map((one) => one.toString(16).padStart(2, "0")).join("")}`;
}

/** Keep a turn, or what has become of it; one that failed is forgotten. */
function rememberTurn(turn) {
  drawn.add(turn.id);
  const waiting = window.wegwijzerWaiting ?? readStore(SENT);
  const asked = turn.question.replace(/…$/, "").trim();
  if (waiting && waiting.text.startsWith(asked) && !waiting.before.includes(turn.id)) {
    window.wegwijzerWaiting = null;
    writeStore(SENT, null);
  }
  const turns = storedTurns();
  const place = turns.findIndex((one) => one.id === turn.id);
  const kept = turn.kept ? [JSON.parse(turn.kept)] : [];
  if (place >= 0) turns.splice(place, 1, ...kept);
  else turns.push(...kept);
  storeTurns(turns);
}

/** Send what was kept to a session that has no conversation yet or waits for it, once; forget it after a start over. */
function recallTurns(memory, restore) {
  // Also without anything to bring back: it lets the script run.
  window.wegwijzerReconnected = () => restore(JSON.stringify(waitingTurn()));
  if (memory.turns > 0) return;
  if (early.answering) return early.answering.then(() => recallTurns(memory, restore));
  if (memory.cleared) {
    focusStart(memory.words);
    return storeTurns([]);
  }
  const turns = [...storedTurns(), ...waitingTurn()];
  if (!turns.length && !memory.waiting) return leaveEarly();
  if (window.wegwijzerRecalled === memory.session) return;
  window.wegwijzerRecalled = memory.session;
  restore(JSON.stringify(turns));
}
