// The excerpts as a list: for whoever reads with a screen reader, or would rather have a list.

import { cellWord, quoted, spanOf } from "./coding-margin.js";
import { element, word } from "./coding-words.js";

const AT_ONCE = 100;

export class List {
  constructor(root, page) {
    const { paragraphs, marks, palette } = page;
    Object.assign(this, { root, paragraphs, marks, palette });
    this.items = root.querySelector("[data-items]");
    this.only = root.querySelector("select");
    this.says = root.querySelector("[data-count]");
    this.more = root.querySelector("[data-more]");
    this.shown = AT_ONCE;
    this.fill();
    root.addEventListener("toggle", () => this.draw());
    this.only.addEventListener("change", () => this.draw());
    this.more.addEventListener("click", () => {
      this.shown += AT_ONCE;
      this.draw();
    });
    this.items.addEventListener("click", (event) => {
      const link = event.target.closest("a[data-span]");
      if (!link) return;
      event.preventDefault();
      page.go(spanOf(link));
    });
  }

  fill() {
    const chosen = this.only.value;
    const codes = this.palette.buttons.map(({ dataset: { code, label } }) =>
      element("option", { value: code, text: `${code} ${label}` }),
    );
    this.only.replaceChildren(element("option", { value: "", text: word("all-codes") }), ...codes);
    this.only.value = chosen;
  }

  open() {
    this.root.open = true;
    this.root.querySelector("summary").focus();
    this.root.scrollIntoView({ block: "start" });
  }

  draw() {
    if (!this.root.open) return;
    const code = this.only.value;
    const all = this.marks.ordered.filter((one) => !code || one.codes.has(code));
    this.says.textContent = word("count", { n: all.length });
    this.items.replaceChildren(...all.slice(0, this.shown).map((one) => this.line(one)));
    this.more.hidden = all.length <= this.shown;
  }

  line(excerpt) {
    const number = this.paragraphs.at(excerpt.start);
    const words = this.paragraphs.isFolded(number)
      ? word("folded")
      : quoted(this.paragraphs.textOf(excerpt, 120));
    const link = element("a", {
      href: `#p${this.paragraphs.start(number)}`,
      "data-span": `${excerpt.start}:${excerpt.end}`,
      text: words,
    });
    const line = element("li", {}, element("span", { class: "quiet small", text: this.where(excerpt) }), " ", link);
    for (const [code, { cell }] of excerpt.codes) {
      const says = ` ${this.palette.label(code)} · ${cellWord(cell)}`;
      line.append(" ", element("span", { class: "nobreak" }, element("bdi", { class: `key ${this.palette.look(code)}`, text: code }), says));
    }
    for (const { reader, code, cell } of excerpt.others) {
      line.append(` ${word("reader", { letter: reader })}: ${code} ${cellWord(cell)}`);
    }
    if (excerpt.memo) line.append(element("p", { class: "says small", dir: "auto", text: excerpt.memo }));
    return line;
  }

  // The numbers of the sentences that an excerpt touches.
  where({ start, end }) {
    const number = (place) => {
      const all = this.paragraphs.sentences(this.paragraphs.at(place));
      return (all.findLast((one) => one.start <= place) ?? all[0]).number;
    };
    const [first, last] = [number(start), number(end - 1)];
    return first === last ? `${first}` : `${first}–${last}`;
  }
}
