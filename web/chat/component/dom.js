// Building blocks. Text only ever enters the page as text nodes: no string is read as HTML, Markdown or an address
// other than http(s), wherever it came from.

/** Return a new element with these attributes and children; a string child becomes a text node. */
function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "onclick") made.addEventListener("click", value);
    else if (value !== false && value !== null && value !== undefined) {
      made.setAttribute(name, value === true ? "" : String(value));
    }
  }
  made.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return made;
}

/** Return a sentence with its {names} filled in, in one pass, so that a value is never read as a name. */
function fill(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

/** Let screen readers say a sentence, through the live region of the page. */
function announce(text) {
  window.dispatchEvent(new CustomEvent("wegwijzer:announce", { detail: text }));
}

/** Return a sentence with its marker after it, so that the marker is never alone on a line. */
function cited(text, marker) {
  const lastWord = text.slice(text.trimEnd().lastIndexOf(" ") + 1).trimEnd();
  if (lastWord.length > 18) return [text, " ", marker];
  return [text.trimEnd().slice(0, -lastWord.length), element("span", { class: "together" }, lastWord, " ", marker)];
}
