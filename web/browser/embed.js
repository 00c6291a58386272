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
    sayDrawn();
  });

  /** Tell the host that the chat is drawn, once the text that stood in its place is gone. */
  function sayDrawn() {
    const first = document.getElementById("wegwijzer-eerst");
    if (host === null) return;
    if (!first) return window.parent.postMessage({ wegwijzer: "ready" }, host);
    new MutationObserver((_changes, observer) => {
      if (first.isConnected) return;
      observer.disconnect();
      window.parent.postMessage({ wegwijzer: "ready" }, host);
    }).observe(document.body, { childList: true });
  }

  // Says nothing but that it is here; the page that answers is checked before it hears more.
  window.parent.postMessage({ wegwijzer: "here" }, "*");

  // A source that is open takes Escape for itself and stops it before it comes here.
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented || host === null) return;
    window.parent.postMessage({ wegwijzer: "close" }, host);
  });
})();
