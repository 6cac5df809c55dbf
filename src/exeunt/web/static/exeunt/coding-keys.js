// Keys of the page of a text. Where the keyboard has other letters, the place of a key counts.

const WRITING = 'textarea, select, [contenteditable], input:not([type="checkbox"], [type="radio"])';
const PLACES = { BracketLeft: "[", BracketRight: "]", Slash: "/", Minus: "-", Equal: "+" };

export function listen({ editor, cursor, ways, palette, list, text }) {
  const along = (event) => {
    const rtl = getComputedStyle(cursor.element() ?? text).direction === "rtl";
    return (event.key === "ArrowRight") !== rtl ? 1 : -1;
  };
  const arrows = (event) => {
    const isLine = event.key === "ArrowUp" || event.key === "ArrowDown";
    const by = isLine ? (event.key === "ArrowDown" ? 1 : -1) : along(event);
    const kind = isLine ? "sentences" : "words";
    if (event.altKey && event.shiftKey) cursor.extendStart(by, kind);
    else if (event.altKey) return false;
    else if (event.shiftKey) cursor.extend(by, kind);
    else if (isLine) cursor.step(by);
    else cursor.stepWord(by);
    return true;
  };
  const plain = {
    j: () => cursor.step(1),
    k: () => cursor.step(-1),
    J: () => cursor.extend(1, "sentences"),
    K: () => cursor.extend(-1, "sentences"),
    n: () => ways.uncoded(1),
    N: () => ways.uncoded(-1),
    "[": () => ways.excerpt(-1),
    "]": () => ways.excerpt(1),
    ",": () => ways.excerpt(-1),
    ".": () => ways.excerpt(1),
    t: () => ways.turn(1),
    T: () => ways.turn(-1),
    u: () => editor.undo(),
    U: () => editor.redo(),
    m: () => editor.memo(),
    b: () => editor.giveBounds(),
    "+": () => editor.raise(1),
    "=": () => editor.raise(1),
    "-": () => editor.raise(-1),
    x: () => editor.setGap("none"),
    q: () => editor.setGap("unknown"),
    l: () => list.open(),
    "/": () => palette.seek(),
    Delete: () => editor.takeOffCurrent(),
    Backspace: () => editor.takeOffCurrent(),
    Escape: () => cursor.leave(),
  };
  const act = (event) => {
    const key = named(event);
    if (event.ctrlKey || event.metaKey) return withControl(event, key, editor);
    if (event.key.startsWith("Arrow")) return arrows(event);
    if (event.altKey && !event.getModifierState("AltGraph")) return false;
    if (/^[1-9]$/.test(key)) return editor.give(palette.numbered(key)) ?? true;
    if (!(key in plain)) return false;
    plain[key]();
    return true;
  };
  // Before the keys of every page: here, “/” finds a code.
  document.addEventListener(
    "keydown",
    (event) => {
      if (event.isComposing || document.querySelector("dialog[open]")) return;
      if (event.target.closest(WRITING)) return;
      if (act(event) === false) return;
      event.preventDefault();
      event.stopPropagation();
    },
    { capture: true },
  );
}

function withControl(event, key, editor) {
  const letter = key.toLowerCase();
  if (letter === "z" && !event.shiftKey) editor.undo();
  else if (letter === "y" || letter === "z") editor.redo();
  else return false;
  return true;
}

function named(event) {
  if (/^[!-~]$/.test(event.key) || event.key.length > 1) return event.key;
  const { code } = event;
  if (code.startsWith("Digit") || code.startsWith("Numpad")) return code.slice(-1);
  if (code in PLACES) return PLACES[code];
  const letter = code.startsWith("Key") ? code.slice(3) : "";
  return event.shiftKey ? letter : letter.toLowerCase();
}
