// One line on another website: a button that opens the chat in a dialog, or the chat in a place on the page.
(() => {
  "use strict";
  const WAIT_MS = 60000; // For a very slow line; a frame that has loaded and is not ours gets less.
  const AFTER_LOAD_MS = 5000;
  const LONG_MS = 10000;
  const COLOUR = "#0d5c63";
  const tell = (line) => console.error(`wegwijzer: ${line}`);
  const script = document.currentScript ?? document.querySelector('script[src*="/widget.js"]'); // A module has none.
  if (!script) return tell("put the script in the page as <script src=\"…/widget.js\">; it cannot be imported.");
  const { title = "Wegwijzer", color = COLOUR, position = "right", mode, target } = script.dataset;
  const base = new URL(".", script.src);
  const page = new URL("./", base).href;

  function element(tag, attributes = {}, ...children) {
    const made = document.createElement(tag);
    for (const name in attributes) made.setAttribute(name, attributes[name]);
    made.append(...children);
    return made;
  }

  /** Return a shadow root under a parent, once for each kind and address, or null when there is one already. */
  function rootIn(parent, kind) {
    const name = `${kind} ${page}`;
    if ([...parent.children].some((child) => child.dataset.wegwijzer === name)) return null;
    const host = element("div", { "data-wegwijzer": name });
    const root = host.attachShadow({ mode: "open" });
    const style = new CSSStyleSheet(); // The host's content security policy lets this pass, and no <style>.
    style.replaceSync(STYLE);
    root.adoptedStyleSheets = [style];
    parent.append(host);
    return root;
  }

  /** Return black or white, whichever reads best on a colour in any form (relative luminance of WCAG 2.2). */
  function inkOn(colour) {
    const pen = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
    for (const paint of ["#fff", colour]) {
      pen.fillStyle = paint;
      pen.fillRect(0, 0, 1, 1);
    }
    const [r, g, b] = [...pen.getImageData(0, 0, 1, 1).data].map((part) => part / 255)
      .map((part) => (part <= 0.04 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.179 ? "#000" : "#fff";
  }

  /** Return a colour as this page shows it, `var(--brand)` as well; null for what shows none, such as `inherit`. */
  function shownColour(box) {
    const probe = element("i");
    probe.style.color = getComputedStyle(document.body).color; // What "currentColor" means on this page.
    probe.style.backgroundColor = color;
    box.append(probe);
    const shown = getComputedStyle(probe).backgroundColor;
    probe.remove();
    return /^rgba\(.*, 0\)$|\/ 0\)$/.test(shown) ? null : shown;
  }

  /** Give the button its colour, and again when the page has its style sheets; text on it can be read. */
  function paint(box) {
    const done = document.readyState === "complete";
    const shown = shownColour(box);
    if (!shown && done) tell(`data-color "${color}" shows no colour on this page.`);
    box.style.setProperty("--color", shown ?? COLOUR);
    box.style.setProperty("--ink", inkOn(shown ?? COLOUR));
    if (!done) addEventListener("load", () => paint(box), { once: true });
  }

  /** Put the chat in a box; the notice stays until it is drawn, and says so when its page does not answer. */
  function frame(box, onClose) {
    const notice = element("p", { role: "status" }, "De chat wordt geladen.");
    const chat = element("iframe", { title, allow: "clipboard-write", src: page, class: "away" });
    const link = () => element("a", { href: page, target: "_blank", rel: "noopener" }, "Open de chat op een eigen pagina");
    let here = false;
    let drawn = false;
    const giveUp = () => {
      if (here || !chat.isConnected) return;
      notice.replaceChildren("De chat kan hier niet worden getoond. ", link(), ".");
      notice.hidden = false;
      chat.remove();
      tell(`${page} does not answer in a frame. Is ${location.origin} listed in WEGWIJZER_EMBED_ORIGINS?`);
    };
    setTimeout(giveUp, WAIT_MS);
    setTimeout(() => { if (!drawn && chat.isConnected) notice.replaceChildren("Het laden duurt langer dan verwacht. ", link(), "."); }, LONG_MS);
    chat.addEventListener("load", () => setTimeout(giveUp, AFTER_LOAD_MS), { once: true });
    addEventListener("message", ({ source, origin, data }) => {
      if (source !== chat.contentWindow || origin !== base.origin) return;
      if (data?.wegwijzer === "here") {
        here = true;
        chat.className = "";
        source.postMessage({ wegwijzer: "hello" }, origin);
      } else if (data?.wegwijzer === "ready") {
        drawn = true;
        notice.hidden = true;
        if (onClose && box.getRootNode().activeElement) chat.focus();
      } else if (data?.wegwijzer === "close") onClose?.();
    });
    box.append(notice, chat);
  }

  function inline() {
    let place = null;
    try {
      place = target ? document.querySelector(target) : script.parentElement;
    } catch {
      // Said below: what is no selector finds nothing.
    }
    if (!place) return tell(`data-target "${target}" finds no place on this page for the chat.`);
    const root = rootIn(place, "inline");
    if (!root) return;
    const box = element("div", { class: "inline", dir: "ltr", lang: "nl" });
    root.append(box);
    frame(box);
  }

  function button() {
    // In a body that moves or filters, "fixed" is fixed to it and not to the window, but in the top layer.
    const top = "showPopover" in HTMLElement.prototype;
    const root = rootIn(top ? document.body : document.documentElement, "button");
    if (!root) return;
    const opener = element("button", { type: "button", class: "open", popover: "manual", "aria-haspopup": "dialog", "aria-expanded": "false" }, title);
    const close = element("button", { type: "button", class: "close", "aria-label": "Chat sluiten" }, "✕");
    const dialog = element("dialog", { "aria-label": title }, element("div", { class: "bar" }, element("span", {}, title), close));
    const box = element("div", { class: position === "left" ? "box left" : "box", dir: "ltr", lang: "nl" }, opener, dialog);
    opener.addEventListener("click", () => {
      dialog.showModal(); // The browser itself keeps the focus inside, closes on Escape and gives the focus back.
      opener.setAttribute("aria-expanded", "true");
      const chat = dialog.querySelector("iframe");
      if (chat) return chat.focus();
      dialog.querySelector("p")?.remove(); // It failed before: try again.
      frame(dialog, () => dialog.close());
    });
    close.addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", () => {
      opener.setAttribute("aria-expanded", "false");
      opener.focus();
    });
    root.append(box);
    paint(box);
    if (top) opener.showPopover();
  }

  const STYLE = `
:host { all: initial !important; display: block !important; }
* { box-sizing: border-box; font: 600 16px/1.4 system-ui, sans-serif; }
.open, .bar, .close { background: var(--color); color: var(--ink); border: 1px solid transparent; } /* Seen in forced colours. */
.open { display: block; position: fixed; inset: auto 20px 20px auto; margin: 0; overflow: visible; z-index: 2147483000; max-width: calc(100vw - 40px); min-height: 48px;
  padding: 12px 20px; border-radius: 24px; box-shadow: 0 2px 10px #0005; cursor: pointer; }
.left .open { inset: auto auto 20px 20px; }
:focus-visible { outline: 3px solid var(--color, #0d5c63); outline-offset: 2px; box-shadow: 0 0 0 2px #fff; }
.close:focus-visible { outline-color: var(--ink); outline-offset: -4px; box-shadow: none; }
dialog { position: fixed; inset: auto 20px 20px auto; width: 440px; height: min(720px, calc(100dvh - 40px)); max-width: none;
  max-height: none; margin: 0; padding: 0; border: 1px solid #8888; border-radius: 12px; overflow: hidden; background: #fff; color: #1b2a2f; }
.left dialog { inset: auto auto 20px 20px; }
dialog[open] { display: flex; flex-direction: column; }
dialog::backdrop { background: #0003; }
.bar { display: flex; align-items: center; justify-content: space-between; padding-left: 16px; }
.close { flex: none; width: 48px; height: 48px; cursor: pointer; }
.away { visibility: hidden; } /* Until its own page is there, a browser may draw one of its own. */
iframe { display: block; flex: 1; width: 100%; min-height: 0; border: 0; }
p { margin: 0; padding: 16px; font-weight: 400; }
[hidden] { display: none; }
a { color: #0d5c63; }
.inline { display: flex; flex-direction: column; height: min(720px, 90dvh); border: 1px solid #8888; border-radius: 12px;
  overflow: hidden; background: #fff; color: #1b2a2f; }
@media (max-width: 520px), (max-height: 480px) {
  dialog, .left dialog { inset: 0; width: 100%; height: 100%; border: 0; border-radius: 0; }
}
@media (prefers-reduced-motion: no-preference) {
  dialog[open] { animation: rise 0.15s ease-out; }
  @keyframes rise { from { transform: translateY(12px); opacity: 0; } }
}
@media (prefers-color-scheme: dark) {
  dialog, .inline { background: #10191c; color: #e6eeec; }
  a { color: #7fd1c7; }
}`;

  const start = mode === "inline" ? inline : button;
  const early = document.readyState === "loading" && (mode === "inline" || !document.body); // Its place may come below it.
  if (early) addEventListener("DOMContentLoaded", start);
  else start();
})();
