// Marks painted over the text by names that the style sheet knows; the text itself stays as it is.
// Only what is near the window is painted.

const SLOTS = 40;
const ABOVE = { other: 1, code: 2, cursor: 3, chosen: 4 };

export class Highlights {
  constructor(paragraphs, marks, palette) {
    Object.assign(this, { paragraphs, marks, palette });
    this.painted = new Map();
    this.named = new Map();
    for (let slot = 0; slot < SLOTS; slot += 1) this.register(`code-${slot}`, ABOVE.code);
    for (const name of ["other", "cursor", "chosen"]) this.register(name, ABOVE[name]);
  }

  register(name, priority) {
    const highlight = new Highlight();
    highlight.priority = priority;
    CSS.highlights.set(`exeunt-${name}`, highlight);
    this.named.set(name, highlight);
  }

  show(numbers) {
    for (const number of numbers) {
      if (!this.painted.has(number)) this.paint(number);
    }
  }

  hide(numbers) {
    for (const number of numbers) {
      for (const [highlight, range] of this.painted.get(number) ?? []) highlight.delete(range);
      this.painted.delete(number);
    }
  }

  redraw(numbers) {
    this.hide(numbers);
    this.show(numbers);
  }

  paint(number) {
    const ranges = [];
    for (const excerpt of this.marks.inParagraph(number)) {
      for (const highlight of this.of(excerpt)) {
        const range = this.paragraphs.range(number, excerpt);
        highlight.add(range);
        ranges.push([highlight, range]);
      }
    }
    this.painted.set(number, ranges);
  }

  of(excerpt) {
    const names = [...excerpt.codes.keys()].map((code) => `code-${this.palette.slot(code)}`);
    if (excerpt.others.length || !names.length) names.push("other");
    return [...new Set(names)].map((name) => this.named.get(name));
  }

  // Paint one stretch by a name, in place of what bore it before.
  only(name, span) {
    const highlight = this.named.get(name);
    highlight.clear();
    for (const number of span ? this.paragraphs.touched(span) : []) {
      highlight.add(this.paragraphs.range(number, span));
    }
  }
}
