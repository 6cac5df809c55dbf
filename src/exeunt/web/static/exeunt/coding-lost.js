// Excerpts whose words a correction has taken away: given a new place, or taken off.

import { element, say, word } from "./coding-words.js";

export class Lost {
  constructor(root, { cursor, apply }) {
    Object.assign(this, { root, cursor, apply });
    this.items = root.querySelector("[data-items]");
    this.items.addEventListener("click", (event) => {
      const button = event.target.closest("button[data-excerpt]");
      if (button) this.act(button.dataset);
    });
  }

  draw(lost) {
    this.root.hidden = !lost.length;
    this.items.replaceChildren(...lost.map((one) => this.line(one)));
  }

  line([words, code, excerpt]) {
    const line = element(
      "li",
      {},
      element("bdi", { class: "key", text: code }),
      " ",
      element("q", { dir: "auto", text: words }),
      " ",
    );
    for (const does of ["place", "off"]) {
      const facts = { "data-excerpt": excerpt, "data-code": code, "data-does": does };
      const text = word(does === "place" ? "lost-place" : "lost-off");
      line.append(element("button", { type: "button", class: "as-link", ...facts, text }), " ");
    }
    return line;
  }

  act({ does, excerpt, code }) {
    if (does === "off") {
      return this.apply({ do: "unmark", start: 0, end: 0, code, lost: excerpt });
    }
    const to = this.cursor.chosen;
    if (!to) return say(word("choose-first"));
    return this.apply({ do: "move", start: 0, end: 0, to_start: to.start, to_end: to.end, lost: excerpt });
  }
}
