// The page around the chat: a live region for screen readers, Dutch names for Streamlit's own controls, and nothing kept.
(() => {
  "use strict";
  const NAMES = new Map([
    ["Skip to main content", "Naar de inhoud"],
    ["Send message", "Vraag versturen"],
    ["Stop script", "Stoppen"],
    ["Submitting", "Bezig met versturen"],
    ["Close", "Sluiten"],
    ["Dismiss", "Sluiten"],
    ["Loading", "Laden"],
  ]);
  const SETTLE_MS = 300;
  // Streamlit says it in many ways, most of them for developers.
  const LOST = "De verbinding met de wegwijzer is weg. Ik probeer het steeds opnieuw. Blijft het zo, laad de pagina dan opnieuw.";
  const KEPT = "Je vraag is bewaard en wordt daarna gesteld:";

  // Streamlit keeps in the browser which theme is in use, for a menu that is not there: let nothing be kept of it.
  const THEME = /^stActiveTheme/;
  const keep = Storage.prototype.setItem;
  Storage.prototype.setItem = function (name, value) {
    if (!THEME.test(name)) keep.call(this, name, value);
  };
  try {
    Object.keys(localStorage).filter((name) => THEME.test(name)).forEach((name) => localStorage.removeItem(name));
  } catch {
    // Storage is forbidden in this frame.
  }

  // Streamlit fetches an icon font of 375 kB at the start; nothing here shows an icon of it.
  const load = FontFaceSet.prototype.load;
  FontFaceSet.prototype.load = function (font, text) {
    return font.includes("Material Symbols") ? Promise.resolve([]) : load.call(this, font, text);
  };

  const region = document.createElement("div");
  region.id = "wegwijzer-status";
  region.setAttribute("role", "status");
  document.body.append(region);
  window.addEventListener("wegwijzer:announce", (event) => {
    region.textContent = String(event.detail);
  });

  /** Say in Dutch that the connection is lost: the only reason for a dialog of Streamlit's own here. */
  function translateDialog(dialog) {
    const kept = window.wegwijzerWaiting ? `${LOST} ${KEPT} ‘${window.wegwijzerWaiting.text}’` : LOST;
    const heading = dialog.querySelector("h1, h2, h3");
    const texts = document.createTreeWalker(dialog, NodeFilter.SHOW_TEXT);
    let said = false;
    while (texts.nextNode()) {
      const text = texts.currentNode;
      if (text.parentElement.closest("button, style, svg") || !text.data.trim()) continue;
      const better = heading?.contains(text) ? "De verbinding is weg" : said ? "" : kept;
      said ||= better === kept;
      if (text.data !== better) text.data = better;
    }
  }

  function translate(root) {
    // Inside a frame the website has a main part of its own.
    root.querySelector("main:not([aria-label])")?.setAttribute("aria-label", "Gesprek met de wegwijzer");
    for (const one of root.querySelectorAll("[aria-label], [title]")) {
      for (const name of ["aria-label", "title"]) {
        const better = NAMES.get(one.getAttribute(name)?.trim());
        if (better) one.setAttribute(name, better);
      }
    }
    const skip = root.querySelector('[data-testid="stSkipToContent"]');
    if (NAMES.has(skip?.textContent.trim())) skip.textContent = NAMES.get(skip.textContent.trim());
    root.querySelectorAll('[role="dialog"]').forEach(translateDialog);
  }

  const scroller = () => document.querySelector('[data-testid="stMain"]');
  let placeBefore = null; // Where the visitor was reading when the connection broke.

  /** Bring the visitor back to that place, again while the conversation grows, unless they scroll themselves. */
  addEventListener("wegwijzer:recalled", () => {
    if (placeBefore === null) return;
    const place = placeBefore;
    placeBefore = null;
    const back = [0, 150, 400].map((delay) => setTimeout(() => { scroller().scrollTop = place; }, delay));
    for (const name of ["wheel", "touchstart", "keydown", "pointerdown"]) {
      addEventListener(name, () => back.forEach(clearTimeout), { once: true, passive: true });
    }
  });

  const input = () => document.querySelector('[data-testid="stChatInputTextArea"]');
  const app = (state) => document.querySelector('[data-testid="stApp"]')?.getAttribute(`data-test-${state}`) ?? null;

  /** Remember what is sent with Enter or the button, until it is on the page: an input that is empty then sent it. */
  function noticeSent(event) {
    const field = input();
    const text = field?.value ?? "";
    const cutOff = field?.disabled && app("connection-state") !== "CONNECTED";
    const typed = event.key === "Enter" && !event.shiftKey && !event.isComposing && (event.target === field || (cutOff && event.target === document.body));
    const clicked = event.type === (cutOff ? "pointerdown" : "click") && event.target.closest?.('[data-testid="stChatInputSubmitButton"]');
    if (!text.trim() || !(typed || clicked)) return;
    if (cutOff) type(field, ""); // It takes nothing now: what was in it is asked once there is a connection.
    setTimeout(() => { if (!field.value) window.wegwijzerSent?.(text); });
  }
  /** Put a text in the input, as if it was typed. */
  function type(field, text) {
    Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set.call(field, text);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  /** Print at a click, and let the next part of the page take the focus of a button that goes away. */
  function noticeClick({ target }) {
    if (target.closest?.(".st-key-afdrukken button")) window.print();
    if (target.closest?.(".st-key-opnieuw button")) window.wegwijzerFocus = "start";
    if (target.closest?.(".st-key-stop button")) window.wegwijzerFocus = "turn";
  }
  addEventListener("click", noticeClick, { capture: true });
  for (const name of ["keydown", "click", "pointerdown"]) addEventListener(name, noticeSent, { capture: true });

  /** Say that a pasted text makes the question too long, and leave the input as it is. */
  function noticePaste(event) {
    const field = input();
    const most = window.wegwijzerMost;
    if (event.target !== field || !most?.letters) return;
    const length = field.value.length - (field.selectionEnd - field.selectionStart) + event.clipboardData.getData("text").length;
    const tooLong = length > most.letters;
    if (tooLong) event.preventDefault();
    sayTooLong(field, tooLong ? most.words.replace("{length}", length.toLocaleString("nl")).replace("{most}", most.letters.toLocaleString("nl")) : "");
  }
  function sayTooLong(field, text) {
    let line = document.getElementById("wegwijzer-te-lang");
    if (!line) {
      if (!text) return;
      line = document.createElement("p");
      line.id = "wegwijzer-te-lang";
      line.setAttribute("role", "alert");
      field.closest(".st-key-invoer").prepend(line);
    }
    line.textContent = text;
  }
  addEventListener("paste", noticePaste, { capture: true });
  addEventListener("input", (event) => { if (event.target === input()) sayTooLong(event.target, ""); });

  let typed = null; // What was typed, with the focus or without, before the chat had its input.
  function leaveForm() {
    const field = document.querySelector("#wegwijzer-eerst textarea");
    if (field?.value) typed = { text: field.value, focused: field === document.activeElement };
    field?.form.remove();
  }
  addEventListener("wegwijzer:drawn", () => {
    leaveForm();
    document.getElementById("wegwijzer-eerst")?.remove();
  });
  function takeOver() {
    const field = input();
    if (!field || document.querySelector("#wegwijzer-eerst .turn")) return; // Who asks there already goes on there.
    leaveForm();
    if (!typed || field.disabled) return;
    type(field, typed.text);
    if (typed.focused) field.focus();
    typed = null;
  }

  let connection = null;
  let connectedBefore = false;

  /** After a lost connection let the chat run again: another server, or one that started anew, knows nothing yet. */
  function noticeReconnection() {
    const now = app("connection-state");
    if (now === connection) return;
    if (connection === "CONNECTED") placeBefore = scroller()?.scrollTop ?? null;
    connection = now;
    if (now !== "CONNECTED") return;
    // A question that was sent at once already runs the script, and must not be cut off.
    if (connectedBefore) setTimeout(() => { if (app("script-state") === "notRunning") window.wegwijzerReconnected?.(); }, SETTLE_MS);
    connectedBefore = true;
  }

  new MutationObserver(() => {
    translate(document);
    noticeReconnection();
    takeOver();
  }).observe(document.documentElement, {
    subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ["aria-label", "title", "data-test-connection-state"],
  });
  translate(document);
})();
