// What is in sight: marks and margin are drawn for that alone, as a text may be very long.

export class Sight {
  constructor({ text, paragraphs, highlights, margin }) {
    Object.assign(this, { text, paragraphs, highlights, margin });
    this.seen = new Set();
    this.blocks = [...text.querySelectorAll(".block")];
  }

  // The browser lays out a block when it comes near the window, and says so.
  begin() {
    const changed = (event) => this.look(event.target, !event.skipped);
    this.text.addEventListener("contentvisibilityautostatechange", changed, { capture: true });
    for (const block of this.blocks) {
      const near = block.firstElementChild.checkVisibility({ contentVisibilityAuto: true });
      if (near) this.look(block, true);
    }
    window.addEventListener("beforeprint", () => {
      for (const block of this.blocks) this.look(block, true);
    });
  }

  look(block, isNear) {
    const numbers = [...block.querySelectorAll("p[data-start]")].map((one) =>
      this.paragraphs.numbers.get(one),
    );
    if (!isNear) {
      for (const number of numbers) this.seen.delete(number);
      this.highlights.hide(numbers);
      return;
    }
    const fresh = numbers.filter((number) => !this.seen.has(number));
    for (const number of fresh) this.seen.add(number);
    this.highlights.show(fresh);
    this.margin.draw(fresh);
  }
}
