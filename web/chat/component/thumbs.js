// Thumbs under an answer, with a reason when the visitor wants to give one; thanks come once the server has stored it.

const rated = (window.wegwijzerRated ??= new Map()); // What was given, by answer: it stays when the answer is shown again.

/** Return the thumbs of a turn; its event `stored` tells whether the server kept what was given. */
function thumbs(turn, words, rate) {
  const more = element("div", { class: "thumb-more" });
  const button = (up, label) => element("button", {
    type: "button", class: "quiet", "aria-pressed": "false", onclick: () => give({ up, reason: keptReason(turn, up) }),
  }, label);
  const [up, down] = [button(true, words.thumb_up), button(false, words.thumb_down)];
  const box = element("div", { class: "thumbs", role: "group", "aria-label": words.thumbs }, up, down, more);
  const press = () => {
    const given = rated.get(turn.id);
    up.setAttribute("aria-pressed", String(given?.up === true));
    down.setAttribute("aria-pressed", String(given?.up === false));
  };
  const give = (given) => {
    rated.set(turn.id, { ...given, before: rated.get(turn.id)?.stored ? rated.get(turn.id) : undefined });
    press();
    rate({ id: turn.id, ...given });
  };
  const tell = (line) => {
    announce(line);
    more.lastElementChild?.scrollIntoView({ block: "nearest" });
  };
  box.addEventListener("stored", ({ detail }) => {
    const given = rated.get(turn.id);
    if (detail.stored) {
      rated.set(turn.id, { ...given, stored: true });
      if (more.contains(more.getRootNode().activeElement)) (given.up ? up : down).focus();
      more.replaceChildren(...thanks(given, words, give));
      tell(given.reason ? words.thanks_reason : words.thanks);
    } else {
      if (given?.before) rated.set(turn.id, given.before);
      else rated.delete(turn.id);
      press();
      more.querySelector(".failed")?.remove();
      more.append(element("p", { class: "where failed" }, words.thumb_failed));
      tell(words.thumb_failed);
    }
  });
  press();
  if (rated.get(turn.id)?.stored) more.append(...thanks(rated.get(turn.id), words, give));
  return box;
}

function keptReason(turn, up) {
  const given = rated.get(turn.id);
  return given?.up === up ? given.reason : "";
}

/** Return the thanks for a thumb, and where there is no reason yet a field for one. */
function thanks(given, words, give) {
  if (given.reason) return [element("p", { class: "where" }, words.thanks_reason)];
  const field = element("textarea", { rows: "2", maxlength: "1000" });
  const send = element("button", { type: "button", class: "quiet", onclick: () => {
    const reason = field.value.trim();
    if (reason) give({ up: given.up, reason });
    else field.focus();
  } }, words.send_reason);
  return [element("p", { class: "where" }, words.thanks), element("label", {}, words.why_thumb, field), send];
}
