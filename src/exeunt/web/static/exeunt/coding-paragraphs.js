// The paragraphs of a text as they stand on the page: where each begins, its sentences and words.

import { codePoints, slice, units, whole, wordsOf } from "./coding-offsets.js";

export class Paragraphs {
  constructor(root) {
    this.root = root;
    this.elements = [...root.querySelectorAll("p[data-start]")];
    this.starts = this.elements.map((one) => Number(one.dataset.start));
    this.numbers = new Map(this.elements.map((one, number) => [one, number]));
    this.known = [];
  }

  get count() {
    return this.elements.length;
  }

  // The number of the paragraph in which a place lies, or after which it follows.
  at(place) {
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.starts[middle] <= place) low = middle + 1;
      else high = middle;
    }
    return Math.max(low - 1, 0);
  }

  // What is found out about a paragraph when it is first asked for.
  of(number) {
    this.known[number] ??= { words: this.elements[number].textContent };
    return this.known[number];
  }

  start(number) {
    return this.starts[number];
  }

  end(number) {
    return this.sentences(number).at(-1).end;
  }

  sentences(number) {
    const known = this.of(number);
    if (!known.sentences) {
      const element = this.elements[number];
      let at = this.starts[number];
      let said = Number(element.closest("[data-n]").dataset.n);
      known.sentences = [];
      element.dataset.lengths.split(" ").forEach((length, place) => {
        const end = at + Number(length);
        if (place % 2 === 0) known.sentences.push({ start: at, end, number: said++ });
        at = end;
      });
    }
    return known.sentences;
  }

  words(number) {
    const known = this.of(number);
    const start = this.starts[number];
    known.wordwise ??= wordsOf(known.words).map((one) => ({
      start: start + one.start,
      end: start + one.end,
    }));
    return known.wordwise;
  }

  // In a hard passage that its reader has not opened.
  isFolded(number) {
    return this.elements[number].closest("details:not([open])") !== null;
  }

  // The part of a stretch that lies in a paragraph.
  within(number, { start, end }) {
    const from = Math.max(start, this.start(number));
    const to = Math.min(end, this.end(number));
    return from < to ? { start: from, end: to } : null;
  }

  // The numbers of the paragraphs that a stretch touches.
  touched({ start, end }) {
    const found = [];
    for (let number = this.at(start); number < this.count && this.starts[number] < end; number++) {
      if (this.end(number) > start) found.push(number);
    }
    return found;
  }

  textOf({ start, end }, most = Infinity) {
    const said = [];
    let left = most;
    for (const number of this.touched({ start, end })) {
      const part = this.within(number, { start, end });
      const from = this.start(number);
      said.push(slice(this.of(number).words, part.start - from, part.end - from));
      left -= said.at(-1).length;
      if (left < 0) break;
    }
    const words = said.join(" ");
    return words.length > most ? `${[...words].slice(0, most).join("")}…` : words;
  }

  // Where the browser keeps a place.
  point(number, place) {
    const element = this.elements[number];
    let left = units(this.of(number).words, place - this.start(number));
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    let node = walker.nextNode();
    while (left > node.length) {
      left -= node.length;
      node = walker.nextNode();
    }
    return { node, offset: left };
  }

  range(number, span) {
    const part = this.within(number, span);
    if (!part) return null;
    const from = this.point(number, part.start);
    const to = this.point(number, part.end);
    return new StaticRange({
      startContainer: from.node,
      startOffset: from.offset,
      endContainer: to.node,
      endOffset: to.offset,
    });
  }

  // A live one, to ask where it is drawn.
  liveRange(number, span) {
    const found = this.range(number, span);
    const range = document.createRange();
    range.setStart(found.startContainer, found.startOffset);
    range.setEnd(found.endContainer, found.endOffset);
    return range;
  }

  // The place at a point of the page: between two paragraphs it is the end of the one before, or
  // the start of the one after.
  place(node, offset, { after = false } = {}) {
    const element = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest(
      "p[data-start]",
    );
    if (element && this.numbers.has(element)) {
      const before = document.createRange();
      before.setStart(element, 0);
      before.setEnd(node, offset);
      return this.starts[this.numbers.get(element)] + codePoints(before.toString());
    }
    if (!this.root.contains(node)) return null;
    const number = this.before(node, offset);
    if (after) return number + 1 < this.count ? this.start(number + 1) : null;
    return number >= 0 ? this.end(number) : null;
  }

  // The number of the last paragraph that begins before a point of the page, or -1.
  before(node, offset) {
    const point = document.createRange();
    point.setStart(node, offset);
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (point.comparePoint(this.elements[middle], 0) < 0) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  // A stretch that cuts no letter and has no white space at its edges, or null.
  whole({ start, end }) {
    const found = this.touched({ start, end })
      .map((number) => this.snapped(number, { start, end }))
      .filter(Boolean);
    return found.length ? { start: found[0].start, end: found.at(-1).end } : null;
  }

  snapped(number, span) {
    const from = this.start(number);
    const part = this.within(number, span);
    const found = whole(this.of(number).words, part.start - from, part.end - from);
    return found && { start: from + found.start, end: from + found.end };
  }
}
