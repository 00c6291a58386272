// Thumbs under an answer, with a reason when the visitor wants to give one.

const rated = (window.wegwijzerRated ??= new Map()); // What was given, by answer: it stays when the answer is shown again.

function thumbs(turn, words, rate) {
  const box = element("div", { class: "thumbs", role: "group", "aria-label": words.thumbs });
  const shape = (focusOn) => {
    box.replaceChildren(...thumbParts(rated.get(turn.id), words, give));
    box.querySelector(focusOn)?.focus();
  };
  const give = (given, focusOn) => {
    rated.set(turn.id, given);
    rate({ id: turn.id, up: given.up, reason: given.reason });
    announce(given.reason ? words.thanks_reason : words.thanks);
    shape(focusOn);
    box.scrollIntoView({ block: "nearest" });
  };
  shape(null);
  return box;
}

function thumbParts(given, words, give) {
  const button = (up, label) => element("button", {
    type: "button", class: up ? "quiet up" : "quiet down", "aria-pressed": String(given?.up === up),
    onclick: () => give({ up, reason: given?.up === up ? given.reason : "" }, up ? ".up" : ".down"),
  }, label);
  const buttons = element("div", { class: "thumb-row" }, button(true, words.thumb_up), button(false, words.thumb_down));
  if (!given) return [buttons];
  if (given.reason) return [buttons, element("p", { class: "where" }, words.thanks_reason)];
  const field = element("textarea", { rows: "2", maxlength: "1000" });
  const send = element("button", { type: "button", class: "quiet", onclick: () => {
    const reason = field.value.trim();
    if (reason) give({ up: given.up, reason }, given.up ? ".up" : ".down");
    else field.focus();
  } }, words.send_reason);
  return [buttons, element("p", { class: "where" }, words.thanks), element("label", {}, words.why_thumb, field), send];
}
