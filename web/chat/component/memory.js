// The conversation, kept in this tab of the visitor's browser, so that a reload or a restart of the server loses nothing.

const STORE = "wegwijzer-gesprek";
const MOST_TURNS = 50;

function storedTurns() {
  try {
    const turns = JSON.parse(sessionStorage.getItem(STORE) ?? "[]");
    return Array.isArray(turns) ? turns : [];
  } catch {
    return []; // Storage is forbidden in this frame, or holds something else.
  }
}

function storeTurns(turns) {
  try {
    if (turns.length) sessionStorage.setItem(STORE, JSON.stringify(turns.slice(-MOST_TURNS)));
    else sessionStorage.removeItem(STORE);
  } catch {
    // Storage is full or forbidden: the conversation goes on without it.
  }
}

/** Keep a turn, or what has become of it; one that failed is forgotten. */
function rememberTurn(turn) {
  const turns = storedTurns();
  const place = turns.findIndex((one) => one.id === turn.id);
  const kept = turn.kept ? [JSON.parse(turn.kept)] : [];
  if (place >= 0) turns.splice(place, 1, ...kept);
  else turns.push(...kept);
  storeTurns(turns);
}

/** Send what was kept to a session that has no conversation yet or waits for it, once; forget it after a start over. */
function recallTurns(memory, restore) {
  window.wegwijzerReconnected = () => restore("[]"); // Nothing to bring back, but the script runs.
  if (memory.turns > 0) return;
  if (memory.cleared) return storeTurns([]);
  const turns = storedTurns();
  if ((!turns.length && !memory.waiting) || window.wegwijzerRecalled === memory.session) return;
  window.wegwijzerRecalled = memory.session;
  restore(JSON.stringify(turns));
}
