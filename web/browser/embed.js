// Inside a frame: answer the page that shows the chat, and tell it when the visitor presses Escape.
(() => {
  "use strict";
  if (window.parent === window) return;
  const listed = document.querySelector('meta[name="wegwijzer-embed"]')?.content.split(" ") ?? [];
  const allowed = new Set([location.origin, ...listed]);
  let host = null;

  addEventListener("message", ({ source, origin, data }) => {
    if (source !== window.parent || !allowed.has(origin) || data?.wegwijzer !== "hello") return;
    host = origin;
    sayReady();
  });

  /** Tell the host that questions can be asked: the chat is drawn, or the text in its place answers them already. */
  function sayReady() {
    const first = document.getElementById("wegwijzer-eerst");
    const ready = () => !first?.isConnected || "answers" in first.dataset;
    const say = () => window.parent.postMessage({ wegwijzer: "ready" }, host);
    if (ready()) return say();
    const observer = new MutationObserver(() => {
      if (!ready()) return;
      observer.disconnect();
      say();
    });
    observer.observe(document.body, { childList: true });
    observer.observe(first, { attributes: true });
  }

  // Says nothing but that it is here; the page that answers is checked before it hears more.
  window.parent.postMessage({ wegwijzer: "here" }, "*");

  // A source that is open takes Escape for itself and stops it before it comes here.
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented || host === null) return;
    window.parent.postMessage({ wegwijzer: "close" }, host);
  });
})();
