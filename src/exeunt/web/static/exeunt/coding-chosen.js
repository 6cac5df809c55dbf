// What is chosen, and all that can be done with it: codes, values, memo, bounds.

import { cellWord, quoted, spanOf } from "./coding-margin.js";
import { element, word } from "./coding-words.js";

const SHOWN = 90;

export class Chosen {
  constructor(root, page) {
    const { paragraphs, marks, palette, cursor, editor, isOpen } = page;
    Object.assign(this, { root, paragraphs, marks, palette, cursor, isOpen });
    root.addEventListener("change", (event) => {
      const select = event.target.closest("select[data-code]");
      if (select) editor.setValue(select.dataset.code, select.value);
    });
    root.addEventListener("click", (event) => {
      const button = event.target.closest("button");
      if (!button) return;
      const { does, code } = button.dataset;
      if (does === "off") editor.takeOff(code);
      else if (does === "memo") editor.memo();
      else if (does === "bounds") editor.giveBounds();
      else if (does === "go") page.go(spanOf(button));
    });
  }

  draw() {
    const { sentence, from, fold } = this.cursor;
    const chosen = fold ? null : this.cursor.chosen;
    const focused = this.root.contains(document.activeElement) && focusKey(document.activeElement);
    this.root.replaceChildren();
    this.root.hidden = !chosen;
    if (!chosen) return;
    const excerpt = this.marks.get(chosen);
    const words = this.paragraphs.textOf(chosen, SHOWN);
    this.root.append(
      element("p", { class: "chosen-where", text: word("sentence-number", { n: sentence.number }) }),
      element("p", { class: "chosen-words", dir: "auto", text: words }),
    );
    if (excerpt) this.root.append(...this.ofExcerpt(excerpt));
    const others = this.marks.touching(chosen).filter((one) => one !== excerpt).slice(0, 6);
    if (this.isOpen && from && this.mayMove(from, chosen)) this.root.append(this.mover(from));
    if (this.isOpen) this.root.append(this.memoButton(excerpt));
    if (others.length) this.root.append(this.nearby(others));
    if (focused) this.root.querySelector(focused)?.focus();
  }

  mayMove(from, chosen) {
    return this.marks.get(from) && !(from.start === chosen.start && from.end === chosen.end);
  }

  ofExcerpt(excerpt) {
    const rows = [...excerpt.codes].map(([code, given]) => this.row(code, given));
    for (const { reader, code, cell } of excerpt.others) {
      const says = `${word("reader", { letter: reader })} · ${code} ${cellWord(cell)}`;
      rows.push(element("p", { class: "small", text: says }));
    }
    if (excerpt.memo) rows.push(element("p", { class: "says small", dir: "auto", text: excerpt.memo }));
    return rows;
  }

  row(code, { cell, note }) {
    const row = element(
      "div",
      { class: "chosen-code" },
      element("bdi", { class: `key ${this.palette.look(code)}`, text: code }),
      " ",
      element("bdi", { class: "chosen-label", text: this.palette.label(code) }),
    );
    if (this.isOpen) row.append(this.values(code, cell), this.off(code));
    else row.append(element("span", { class: "quiet", text: ` ${cellWord(cell)}` }));
    if (note) row.append(element("p", { class: "quiet small", dir: "auto", text: note }));
    return row;
  }

  values(code, cell) {
    const select = document.getElementById("values").content.querySelector("select").cloneNode(true);
    select.dataset.code = code;
    select.setAttribute("aria-label", word("value-of", { code }));
    select.value = cell;
    return select;
  }

  off(code) {
    const says = word("take-off");
    return element(
      "button",
      { type: "button", class: "as-link small", "data-does": "off", "data-code": code },
      says,
      element("span", { class: "unseen", text: ` ${code}` }),
    );
  }

  memoButton(excerpt) {
    const text = word(excerpt?.memo ? "change-memo" : "write-memo");
    return element("button", { type: "button", class: "as-link small", "data-does": "memo", text });
  }

  mover(from) {
    const codes = [...this.marks.get(from).codes.keys()].join(", ");
    const words = quoted(this.paragraphs.textOf(from, 30));
    return element("button", {
      type: "button",
      class: "act act-quiet",
      "data-does": "bounds",
      text: word("give-bounds", { codes, words }),
    });
  }

  nearby(excerpts) {
    const list = element("ul", { class: "plain small" });
    for (const one of excerpts) {
      const codes = [...new Set([...one.codes.keys(), ...one.others.map(({ code }) => code)])];
      list.append(
        element(
          "li",
          {},
          element("button", {
            type: "button",
            class: "as-link",
            "data-does": "go",
            "data-span": `${one.start}:${one.end}`,
            text: `${codes.join(", ") || word("has-memo")} ${quoted(this.paragraphs.textOf(one, 40))}`,
          }),
        ),
      );
    }
    return element("div", {}, element("p", { class: "quiet small", text: word("nearby") }), list);
  }
}

// What has the focus is found again after it was drawn anew.
function focusKey(focused) {
  const { code, does, span } = focused.dataset;
  if (focused.tagName === "SELECT") return `select[data-code="${CSS.escape(code)}"]`;
  return does === "go" ? `[data-span="${span}"]` : `[data-does="${does}"]`;
}
