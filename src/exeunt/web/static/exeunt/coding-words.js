// What the page of a text says: sentences stand translated in its template; places are filled here.

const all = new Map();

export function word(name, facts = {}) {
  if (!all.size) {
    const kept = document.getElementById("coding-words").content;
    for (const one of kept.querySelectorAll("[data-word]")) all.set(one.dataset.word, one.innerHTML);
  }
  const holder = document.createElement("template");
  holder.innerHTML = all.get(name);
  return holder.content.textContent.replace(/\{(\w+)\}/g, (_, fact) => facts[fact] ?? "");
}

// Words of a narrator or a coder keep their own direction inside a sentence of ours.
export function apart(words) {
  return `\u2068${words}\u2069`;
}

// Said aloud, too, if it is the same once more.
export function say(words) {
  const said = document.getElementById("said");
  said.textContent = said.textContent === words ? `${words}\u00a0` : words;
}

export function element(name, { text, ...attributes } = {}, ...inside) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === true) made.setAttribute(key, "");
    else if (value !== false && value !== undefined) made.setAttribute(key, value);
  }
  if (text !== undefined) made.textContent = text;
  made.append(...inside);
  return made;
}
