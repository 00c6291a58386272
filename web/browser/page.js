// The page around the chat: a live region for screen readers, Dutch names for Streamlit's own controls, and nothing kept.
(() => {
  "use strict";
  const NAMES = {
    "Skip to main content": "Naar de inhoud",
    "Send message": "Vraag versturen",
    "Stop script": "Stoppen",
    "Submitting": "Bezig met versturen",
    "Close": "Sluiten",
    "Connection error": "De verbinding is weg",
    "Connecting": "Verbinden",
    "Loading": "Laden",
  };
  const SENTENCES = [
    [/^Is Streamlit still running\?.*/s, "De verbinding met de wegwijzer is weg. Ik probeer het steeds opnieuw. Blijft het zo, laad de pagina dan opnieuw."],
    [/^Connection failed.*/s, "De verbinding is niet gelukt. Laad de pagina opnieuw of probeer het later."],
    [/^Connection timed out\.?$/, "De verbinding duurde te lang."],
  ];

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

  const region = document.createElement("div");
  region.id = "wegwijzer-status";
  region.setAttribute("role", "status");
  document.body.append(region);
  window.addEventListener("wegwijzer:announce", (event) => {
    region.textContent = String(event.detail);
  });

  /** Return Dutch for one of Streamlit's own English texts, or null when it is none of those. */
  function dutch(text) {
    const bare = text.trim();
    if (bare in NAMES) return NAMES[bare];
    const found = SENTENCES.find(([pattern]) => pattern.test(bare));
    return found ? found[1] : null;
  }

  function translate(root) {
    // Inside a frame the website has a main part of its own.
    root.querySelector("main:not([aria-label])")?.setAttribute("aria-label", "Gesprek met de wegwijzer");
    for (const one of root.querySelectorAll("[aria-label], [title]")) {
      for (const name of ["aria-label", "title"]) {
        const said = one.getAttribute(name);
        const better = said === null ? null : dutch(said);
        if (better !== null) one.setAttribute(name, better);
      }
    }
    for (const dialog of root.querySelectorAll('[role="dialog"], [data-testid="stAlert"], [data-testid="stSkipToContent"]')) {
      const texts = document.createTreeWalker(dialog, NodeFilter.SHOW_TEXT);
      while (texts.nextNode()) {
        const better = dutch(texts.currentNode.data);
        if (better !== null) texts.currentNode.data = better;
      }
    }
  }

  new MutationObserver(() => translate(document)).observe(document.documentElement, {
    subtree: true, childList: true, attributes: true, attributeFilter: ["aria-label", "title"],
  });
  translate(document);
})();
