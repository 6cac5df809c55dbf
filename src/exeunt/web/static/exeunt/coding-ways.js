// Ways through a text: to the next excerpt, the next turn, the next stretch without a mark.

import { say, word } from "./coding-words.js";

export class Ways {
  // `turns` are the places at which somebody begins to speak; without any, paragraphs are meant.
  constructor({ paragraphs, marks, cursor }, turns) {
    Object.assign(this, { paragraphs, marks, cursor, turns });
  }

  // From where to look: a place that a way forward lies after and a way back before.
  get here() {
    return this.cursor.chosen ?? { start: -1, end: 0 };
  }

  excerpt(by) {
    const all = this.marks.ordered.filter((one) => !this.paragraphs.isFolded(this.paragraphs.at(one.start)));
    const { start, end } = this.here;
    const after = (one) => one.start > start || (one.start === start && one.end > end);
    const before = (one) => one.start < start || (one.start === start && one.end < end);
    const found = by > 0 ? all.find(after) : all.findLast(before);
    if (!found) return say(word(all.length ? "no-more-excerpts" : "no-excerpts"));
    return this.toExcerpt(found);
  }

  toExcerpt({ start, end }) {
    this.cursor.choose({ start, end }, { from: { start, end } });
  }

  turn(by) {
    const starts = this.turns.length ? this.turns : this.paragraphs.starts;
    const { start } = this.here;
    const found = by > 0 ? starts.find((one) => one > start) : starts.findLast((one) => one < start);
    if (found === undefined) return say(word("no-more-turns"));
    return this.toPlace(found);
  }

  // The next sentence in which I marked nothing; after the last, from the beginning.
  uncoded(by) {
    const { paragraphs } = this;
    const { start, end } = this.here;
    const from = paragraphs.at(Math.max(by > 0 ? end - 1 : start, 0));
    for (let gone = 0; gone <= paragraphs.count; gone += 1) {
      const at = (((from + by * gone) % paragraphs.count) + paragraphs.count) % paragraphs.count;
      if (paragraphs.isFolded(at)) continue;
      const beyond = (one) => (by > 0 ? one.start >= end : one.end <= start);
      const open = paragraphs
        .sentences(at)
        .filter((one) => (gone > 0 || beyond(one)) && !this.marks.isCoded(one));
      if (open.length) return this.cursor.goTo(by > 0 ? open[0] : open.at(-1));
    }
    return say(word("none-uncoded"));
  }

  // To the sentence at a place; where it is folded, to what is said before it is opened.
  toPlace(place) {
    if (!this.isFolded(place)) this.cursor.goTo(this.cursor.sentenceAt(place));
  }

  isFolded(place) {
    const at = this.paragraphs.at(place);
    if (!this.paragraphs.isFolded(at)) return false;
    this.paragraphs.elements[at].closest("details").querySelector("summary").focus();
    say(word("open-first"));
    return true;
  }
}
