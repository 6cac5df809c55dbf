// Where one is in a text, and what is chosen: sentence by sentence, or word by word.

// What lies at the edges of the window is hard to read: bars, and on a phone the codes.
const EDGE = 40;
const BELOW = 160;

export class Cursor {
  constructor(paragraphs, changed) {
    Object.assign(this, { paragraphs, changed });
    this.sentence = null;
    this.chosen = null;
    // The part of what is chosen that extending does not give up.
    this.kept = null;
    this.fold = null;
    this.from = null;
  }

  // Choose a stretch; `from` is the excerpt that it was before it was extended.
  choose(span, { kept = { start: span.start, end: span.start }, from = null } = {}) {
    this.chosen = span;
    this.kept = kept;
    this.from = from ?? this.from;
    this.fold = null;
    this.sentence = this.sentenceAt(span.start);
    this.changed();
  }

  // Nothing is chosen any more but the sentence one is in.
  leave() {
    getSelection().removeAllRanges();
    if (this.sentence) this.goTo(this.sentence);
  }

  // The paragraph one is in.
  element() {
    return this.chosen ? this.paragraphs.elements[this.paragraphs.at(this.chosen.start)] : null;
  }

  // Scroll no more than is needed for what is chosen to be seen.
  bringIntoView() {
    const element = this.element();
    const number = this.paragraphs.numbers.get(element);
    let { top, bottom } = this.paragraphs.liveRange(number, this.chosen).getBoundingClientRect();
    if (top === bottom) {
      element.scrollIntoView({ block: "center" });
      ({ top, bottom } = this.paragraphs.liveRange(number, this.chosen).getBoundingClientRect());
    }
    const [first, last] = [EDGE, window.innerHeight - BELOW];
    if (top < first || top > last) window.scrollBy(0, top - window.innerHeight / 3);
    else if (bottom > last) window.scrollBy(0, Math.min(bottom - last, top - first));
  }

  goTo(sentence) {
    this.from = null;
    this.choose({ start: sentence.start, end: sentence.end }, { kept: sentence });
    this.sentence = sentence;
  }

  sentenceAt(place) {
    const all = this.paragraphs.sentences(this.paragraphs.at(place));
    return all.findLast((one) => one.start <= place) ?? all[0];
  }

  // The sentence before or after the one that is meant; a fold that is closed stops once.
  step(by) {
    if (!this.sentence) return this.goTo(this.first());
    const next = this.beyond("sentences", this.edgeTowards(by), by, this.fold?.element ?? null);
    if (!next) return undefined;
    if (!("fold" in next)) return this.goTo(next);
    this.fold = { element: next.fold, span: next.span };
    next.fold.querySelector("summary").focus();
    return this.changed();
  }

  // From where the next one is sought: a fold that was opened is gone into, not past.
  edgeTowards(by) {
    const { start, end } = this.fold?.span ?? this.chosen;
    if (this.fold?.element.open) return by > 0 ? start - 1 : end;
    return by > 0 ? end - 1 : start;
  }

  // The first sentence that can be seen; where all is folded, the first.
  first() {
    const { paragraphs } = this;
    let number = 0;
    while (number < paragraphs.count - 1 && paragraphs.isFolded(number)) number += 1;
    return paragraphs.sentences(number)[0];
  }

  // The next unit that begins after a place, or the last that ends before it. With `past`, a
  // closed fold is answered with, unless it is that one; without, all of them are gone past.
  beyond(kind, place, by, past) {
    const { paragraphs } = this;
    for (let at = paragraphs.at(place); at >= 0 && at < paragraphs.count; at += by) {
      if (paragraphs.isFolded(at)) {
        const fold = paragraphs.elements[at].closest("details:not([open])");
        const last = this.lastIn(fold, at, by);
        if (past !== undefined && fold !== past) return { fold, span: spanOf(paragraphs, at, last) };
        at = last;
        continue;
      }
      const all = paragraphs[kind](at);
      const found =
        by > 0 ? all.find((one) => one.start > place) : all.findLast((one) => one.end <= place);
      if (found) return found;
    }
    return null;
  }

  lastIn(fold, at, by) {
    let last = at;
    while (fold.contains(this.paragraphs.elements[last + by] ?? null)) last += by;
    return last;
  }

  // Extend by a sentence or a word: the end moves, or what was extended backwards comes back.
  extend(by, kind) {
    if (!this.chosen) return this.step(by);
    const { start, end } = this.chosen;
    const { kept } = this;
    const atStart = by > 0 ? start < kept.start : end <= kept.end || this.isLast(kind);
    if (!atStart) {
      const further = this.edge(kind, end, by, "end") ?? end;
      return this.take({ start, end: by > 0 ? further : Math.max(further, kept.end) });
    }
    const further = this.edge(kind, start, by, "start") ?? start;
    return this.take({ start: by > 0 ? Math.min(further, kept.start) : further, end });
  }

  // Move the start of what is chosen.
  extendStart(by, kind) {
    if (!this.chosen) return undefined;
    const { start, end } = this.chosen;
    return this.take({ start: this.edge(kind, start, by, "start") ?? start, end });
  }

  take(span) {
    if (span.start < span.end) this.choose(span, { kept: this.kept });
  }

  // Whether only one unit is left, so that going back means to go beyond the start.
  isLast(kind) {
    const before = this.edge(kind, this.chosen.end, -1, "end");
    return before === null || before <= this.chosen.start;
  }

  // The nearest edge of a unit before or after a place; a closed fold is never reached into.
  edge(kind, place, by, side) {
    const { paragraphs } = this;
    for (let at = paragraphs.at(place); at >= 0 && at < paragraphs.count; at += by) {
      if (paragraphs.isFolded(at)) return null;
      const all = paragraphs[kind](at).map((one) => one[side]);
      const found = by > 0 ? all.find((one) => one > place) : all.findLast((one) => one < place);
      if (found !== undefined) return found;
    }
    return null;
  }

  // Choose one word: the first of the sentence, or the one before or after what is chosen.
  stepWord(by) {
    if (!this.chosen) return this.step(by);
    const { start, end } = this.chosen;
    const isSentence = this.sentence.start === start && this.sentence.end === end;
    const at = isSentence && by > 0 ? start - 1 : by > 0 ? end - 1 : start;
    const word = this.beyond("words", at, by);
    if (word) this.choose({ start: word.start, end: word.end }, { kept: word });
    return undefined;
  }
}

function spanOf(paragraphs, one, other) {
  const [first, last] = [Math.min(one, other), Math.max(one, other)];
  return { start: paragraphs.start(first), end: paragraphs.end(last) };
}
