// Choosing by mouse and touch: by selecting words, by a press on a sentence, by drawing an edge.

const SNAP = "words";

export class Pointer {
  constructor({ paragraphs, marks, cursor, editor, text }) {
    Object.assign(this, { paragraphs, marks, cursor, editor, text });
    this.handles = ["start", "end"].map((edge) => this.handle(edge));
    document.addEventListener("selectionchange", () => this.selected());
    text.addEventListener("click", (event) => this.pressed(event));
    window.addEventListener("resize", () => this.place());
  }

  // What the browser has selected is chosen, whole letters only.
  selected() {
    const selection = getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return;
    const range = selection.getRangeAt(0);
    if (!this.text.contains(range.startContainer) && !this.text.contains(range.endContainer)) return;
    const start = this.paragraphs.place(range.startContainer, range.startOffset, { after: true });
    const end = this.paragraphs.place(range.endContainer, range.endOffset);
    const span = start === null || end === null ? null : this.paragraphs.whole({ start, end });
    if (!span) return;
    this.isSelecting = true;
    this.cursor.choose(span);
    this.isSelecting = false;
  }

  pressed(event) {
    if (!getSelection().isCollapsed || event.target.closest("button, summary, a, .handle")) return;
    const place = this.under(event.clientX, event.clientY);
    if (place !== null) this.cursor.goTo(this.cursor.sentenceAt(place));
  }

  under(x, y) {
    const caret = document.caretPositionFromPoint?.(x, y);
    if (caret) return this.inText(caret.offsetNode, caret.offset);
    const range = document.caretRangeFromPoint?.(x, y);
    return range ? this.inText(range.startContainer, range.startOffset) : null;
  }

  inText(node, offset) {
    const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
    return element.closest("p[data-start]") ? this.paragraphs.place(node, offset) : null;
  }

  // --- the edges of an excerpt ------------------------------------------------------------------

  handle(edge) {
    const made = document.createElement("span");
    made.className = `handle handle-${edge}`;
    made.hidden = true;
    this.text.append(made);
    made.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      made.setPointerCapture(event.pointerId);
      this.drawn = { edge, from: this.cursor.from };
    });
    made.addEventListener("pointermove", (event) => this.drawn && this.draw(event));
    made.addEventListener("pointerup", () => this.let());
    made.addEventListener("pointercancel", () => (this.drawn = null));
    return made;
  }

  draw({ clientX, clientY, altKey }) {
    const under = this.under(clientX, clientY);
    if (under === null) return;
    const place = altKey ? under : this.snapped(under, this.drawn.edge);
    const { from, edge } = this.drawn;
    const span = edge === "start" ? { start: place, end: from.end } : { start: from.start, end: place };
    const whole = span.start < span.end ? this.paragraphs.whole(span) : null;
    if (whole) this.cursor.choose(whole);
  }

  // The edge of the word that is nearest.
  snapped(place, edge) {
    const number = this.paragraphs.at(place);
    const edges = this.paragraphs[SNAP](number).map((one) => one[edge]);
    const far = (one) => Math.abs(one - place);
    return edges.reduce((best, one) => (far(one) < far(best) ? one : best), edges[0] ?? place);
  }

  let() {
    const drawn = this.drawn;
    this.drawn = null;
    const { chosen } = this.cursor;
    if (!drawn || (chosen.start === drawn.from.start && chosen.end === drawn.from.end)) return;
    this.editor.giveBounds(chosen, drawn.from);
  }

  // Put the handles where an excerpt begins and ends; away where none is chosen.
  place() {
    const { chosen, from } = this.cursor;
    const isExcerpt = from?.start === chosen?.start && from?.end === chosen?.end;
    const stands = chosen && this.editor.isOpen && isExcerpt && this.marks.get(chosen);
    const rects = stands || this.drawn ? this.rectsOf(chosen) : null;
    for (const [at, handle] of this.handles.entries()) {
      handle.hidden = !rects;
      if (rects) this.put(handle, rects[at], at === 0);
    }
  }

  rectsOf(span) {
    const numbers = this.paragraphs.touched(span);
    const first = this.paragraphs.liveRange(numbers[0], span).getClientRects();
    const last = this.paragraphs.liveRange(numbers.at(-1), span).getClientRects();
    if (!first.length || !last.length) return null;
    return [first[0], last[last.length - 1]];
  }

  put(handle, rect, isStart) {
    const around = this.text.getBoundingClientRect();
    const element = this.paragraphs.elements[this.paragraphs.at(this.cursor.chosen.start)];
    const rtl = getComputedStyle(element).direction === "rtl";
    handle.style.insetBlockStart = `${rect.top - around.top}px`;
    handle.style.left = `${(isStart !== rtl ? rect.left : rect.right) - around.left}px`;
    handle.style.blockSize = `${rect.height}px`;
  }
}
