// The margin: beside each paragraph that is looked at, what is marked in it and by whom.

import { apart, element, word } from "./coding-words.js";

const MOST = 12;

export class Margin {
  constructor(page) {
    const { paragraphs, marks, palette, editor } = page;
    Object.assign(this, { paragraphs, marks, palette, usual: editor.usual });
    this.drawn = new Map();
    paragraphs.root.addEventListener("click", (event) => {
      const line = event.target.closest("button[data-span]");
      if (line) page.go(spanOf(line));
    });
  }

  draw(numbers) {
    for (const number of numbers) {
      const excerpts = this.marks.inParagraph(number);
      this.drawn.get(number)?.remove();
      this.drawn.delete(number);
      if (!excerpts.length) continue;
      const side = this.side(excerpts);
      this.drawn.set(number, side);
      this.paragraphs.elements[number].after(side);
    }
  }

  side(excerpts) {
    const side = element("ul", { class: "side", "aria-label": word("margin") });
    for (const excerpt of excerpts.slice(0, MOST)) side.append(this.line(excerpt));
    const left = excerpts.length - MOST;
    if (left > 0) side.append(element("li", { class: "quiet", text: word("more", { n: left }) }));
    return side;
  }

  line(excerpt) {
    const button = element("button", {
      type: "button",
      class: "side-line",
      "data-span": `${excerpt.start}:${excerpt.end}`,
    });
    for (const [code, { cell }] of excerpt.codes) button.append(this.key(code, cell), " ");
    if (excerpt.codes.size || excerpt.memo) button.append(this.who(excerpt));
    for (const { reader, code, cell } of excerpt.others) {
      const says = word("reader", { letter: reader });
      button.append(element("span", { class: "side-who", text: says }), " ", this.key(code, cell), " ");
    }
    return element("li", {}, button);
  }

  key(code, cell) {
    const label = this.palette.label(code);
    return element(
      "span",
      { class: "side-code" },
      element("bdi", { class: `key ${this.palette.look(code)}`, text: code }),
      " ",
      element("bdi", { class: "side-label", text: label }),
      cell === this.usual ? "" : element("span", { class: "side-value", text: ` ${cellWord(cell)}` }),
    );
  }

  who(excerpt) {
    const says = [word("you"), excerpt.memo ? word("has-memo") : ""].filter(Boolean).join(" · ");
    return element("span", { class: "side-who", text: says });
  }
}

export function spanOf(element) {
  const [start, end] = element.dataset.span.split(":").map(Number);
  return { start, end };
}

// The words of a value on the scale; a gap is a word already.
export function cellWord(cell) {
  const options = document.getElementById("values").content.querySelectorAll("option");
  return [...options].find((one) => one.value === cell)?.textContent ?? cell;
}

export function quoted(words) {
  return apart(`“${words}”`);
}
