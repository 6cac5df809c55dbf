// What a coder does: every act changes the page at once, is kept to be undone, and is sent.

import { cellWord, quoted } from "./coding-margin.js";
import { say, word } from "./coding-words.js";

const SAID = 60;
const GAPS = { unknown: "unknown", none: "not applicable" };

export class Editor {
  constructor(page) {
    const { marks, cursor, history, saving, isOpen } = page;
    Object.assign(this, { page, marks, cursor, history, saving, isOpen });
    const options = [...document.getElementById("values").content.querySelectorAll("option")];
    this.usual = options.find((one) => one.hasAttribute("selected")).value;
    this.scale = options.map((one) => one.value).filter((value) => /^\d+$/.test(value));
    this.last = null;
    this.dialog = document.getElementById("memo");
    this.dialog?.addEventListener("close", () => this.memoClosed());
  }

  // --- acts -------------------------------------------------------------------------------------

  perform(acts, says) {
    if (!this.isOpen) return say(word("is-complete"));
    const before = this.marks.standing(acts);
    this.apply(acts);
    const back = this.marks.back(before);
    if (!back.length) return undefined;
    this.history.done({ acts, back, says });
    this.saving.add(acts);
    return say(says);
  }

  apply(acts) {
    const changed = new Set();
    for (const act of acts) for (const number of this.marks.apply(act)) changed.add(number);
    this.page.redraw(changed);
  }

  undo() {
    this.again(this.history.undo(), "back", "undone");
  }

  redo() {
    this.again(this.history.redo(), "acts", "redone");
  }

  again(entry, way, name) {
    if (!this.isOpen) return say(word("is-complete"));
    if (!entry) return say(word(`nothing-${name}`));
    this.apply(entry[way]);
    this.saving.add(entry[way]);
    const [act] = entry.acts;
    this.show({ start: act.start, end: act.end });
    return say(word(name, { what: entry.says }));
  }

  show(span) {
    if (!this.cursor.paragraphs.isFolded(this.cursor.paragraphs.at(span.start))) {
      this.cursor.choose(span, { from: span });
    }
  }

  // --- codes and values ---------------------------------------------------------------------------

  get span() {
    if (this.cursor.fold) say(word("open-first"));
    else if (!this.cursor.chosen) say(word("choose-first"));
    else return this.cursor.chosen;
    return null;
  }

  words(span) {
    return quoted(this.cursor.paragraphs.textOf(span, SAID));
  }

  // Give a code to what is chosen, or take it off where it stands.
  give(code) {
    if (!this.isOpen) return say(word("is-complete"));
    const { span } = this;
    if (!span || !code) return undefined;
    if (this.marks.get(span)?.codes.has(code)) return this.takeOff(code);
    this.last = code;
    const act = { do: "mark", ...at(span), code, value: this.usual, note: "" };
    this.cursor.from = at(span);
    return this.perform([act], word("marked", { code, words: this.words(span) }));
  }

  takeOff(code) {
    const { span } = this;
    if (!span || !this.marks.get(span)?.codes.has(code)) return say(word("no-code"));
    const act = { do: "unmark", ...at(span), code };
    return this.perform([act], word("taken-off", { code, words: this.words(span) }));
  }

  // The code that keys speak of: the one given last, if it stands here, or the last that stands.
  get current() {
    const codes = [...(this.marks.get(this.cursor.chosen ?? { start: 0, end: 0 })?.codes.keys() ?? [])];
    return codes.includes(this.last) ? this.last : codes.at(-1);
  }

  takeOffCurrent() {
    this.takeOff(this.current);
  }

  setValue(code, cell) {
    const span = this.cursor.chosen;
    const given = this.marks.get(span)?.codes.get(code);
    if (!given) return say(word("no-code"));
    this.last = code;
    const act = { do: "mark", ...at(span), code, value: cell, note: given.note };
    const value = cellWord(cell);
    return this.perform([act], word("valued", { code, value, words: this.words(span) }));
  }

  // One step up or down the scale.
  raise(by) {
    const code = this.current;
    if (!code) return say(word("no-code"));
    const steps = [...this.scale].sort((one, other) => one - other);
    const now = steps.indexOf(this.marks.get(this.cursor.chosen).codes.get(code).cell);
    const next = now < 0 ? steps.indexOf(this.usual) : now + by;
    return this.setValue(code, steps[Math.min(Math.max(next, 0), steps.length - 1)]);
  }

  setGap(gap) {
    if (this.current) this.setValue(this.current, GAPS[gap]);
    else say(word("no-code"));
  }

  // Let the excerpt that was chosen first reach as far as what is chosen now.
  giveBounds(to = this.span, from = this.cursor.from) {
    if (!to) return undefined;
    if (!from || !this.marks.get(from)) return say(word("no-excerpt"));
    const act = { do: "move", ...at(from), to_start: to.start, to_end: to.end };
    this.cursor.from = at(to);
    this.perform([act], word("moved", { words: this.words(to) }));
    return this.cursor.choose(at(to), { from: at(to) });
  }

  // --- memos --------------------------------------------------------------------------------------

  memo() {
    if (!this.isOpen) return say(word("is-complete"));
    const { span } = this;
    if (!span) return undefined;
    this.noted = at(span);
    const box = this.dialog.querySelector("textarea");
    box.value = this.marks.get(span)?.memo ?? "";
    this.dialog.querySelector("[data-quotes]").textContent = this.words(span);
    this.dialog.returnValue = "";
    this.dialog.showModal();
    return box.focus();
  }

  memoClosed() {
    document.getElementById("text").focus({ preventScroll: true });
    if (this.dialog.returnValue !== "save") return;
    const words = this.dialog.querySelector("textarea").value.trim();
    const act = { do: "memo", ...this.noted, words };
    this.perform([act], word(words ? "noted" : "memo-gone", { words: this.words(this.noted) }));
  }
}

function at({ start, end }) {
  return { start, end };
}
