// The codes at the side: found by typing, given by a press or a number, proposed where one lacks.

import { send } from "./coding-sending.js";
import { apart, element, say, word } from "./coding-words.js";

const LOOKS = { slots: 40, colours: 8, lines: 5 };

export class Palette {
  constructor(root, { propose, give }) {
    Object.assign(this, { root, propose, give });
    this.list = root.querySelector("[data-codes]");
    this.find = root.querySelector("input[type=search]");
    this.offer = root.querySelector("[data-proposes]");
    this.known = new Map(this.buttons.map((one) => [one.dataset.code, one]));
    this.find.addEventListener("input", () => this.filter());
    this.find.addEventListener("keydown", (event) => this.typed(event));
    this.list.addEventListener("click", (event) => {
      const button = event.target.closest("button[data-code]");
      if (button) this.give(button.dataset.code);
    });
    this.offer?.addEventListener("click", () => this.proposed());
    root.querySelector("[data-sheet]")?.addEventListener("click", (event) => {
      this.pull(event.currentTarget.getAttribute("aria-expanded") !== "true");
    });
  }

  get buttons() {
    return [...this.list.querySelectorAll("button[data-code]")];
  }

  button(code) {
    return this.known.get(code);
  }

  // The look of a code as its marks bear it.
  slot(code) {
    return this.button(code)?.dataset.slot ?? 0;
  }

  look(code) {
    return this.button(code)?.dataset.look ?? "";
  }

  label(code) {
    return this.button(code)?.dataset.label ?? "";
  }

  numbered(number) {
    return this.buttons.find((one) => one.dataset.number === number)?.dataset.code;
  }

  // Show which codes stand on what is chosen.
  press(codes) {
    for (const one of this.buttons) {
      one.setAttribute("aria-pressed", String(codes.has(one.dataset.code)));
    }
  }

  filter() {
    const sought = folded(this.find.value);
    for (const one of this.buttons) {
      const said = folded(`${one.dataset.code} ${one.dataset.label}`);
      one.closest("li").hidden = !said.includes(sought);
    }
    if (!this.offer) return;
    const label = this.find.value.trim();
    this.offer.hidden = !label || this.buttons.some((one) => folded(one.dataset.label) === sought);
    this.offer.textContent = word("propose", { label: apart(label) });
  }

  typed(event) {
    if (event.isComposing) return;
    if (event.key === "Enter") {
      event.preventDefault();
      const found = this.buttons.find((one) => !one.closest("li").hidden);
      if (found) this.give(found.dataset.code);
      else if (this.offer && !this.offer.hidden) this.proposed();
      if (found) this.leave();
    } else if (event.key === "Escape") {
      event.preventDefault();
      this.leave();
    } else if (event.key === "ArrowDown") {
      event.preventDefault();
      this.buttons.find((one) => !one.closest("li").hidden)?.focus();
    }
  }

  // Back to the text.
  leave() {
    this.find.value = "";
    this.filter();
    document.getElementById("text").focus({ preventScroll: true });
    this.pull(false);
  }

  seek() {
    this.pull(true);
    this.find.focus();
    this.find.select();
  }

  // On a small screen the palette lies at the bottom, and is pulled up.
  pull(up) {
    const handle = this.root.querySelector("[data-sheet]");
    handle?.setAttribute("aria-expanded", String(up));
    this.root.classList.toggle("is-up", up);
  }

  async proposed() {
    const answer = await send(this.propose, { label: this.find.value });
    if (answer.kind !== "done") {
      return say(answer.told?.says ?? word("cannot-propose"));
    }
    const { code, label } = answer.told;
    if (!this.button(code)) this.add(code, label);
    this.give(code);
    return this.leave();
  }

  add(code, label) {
    const place = this.buttons.length;
    const look = `tint-${place % LOOKS.colours} line-${place % LOOKS.lines}`;
    const button = element(
      "button",
      {
        type: "button",
        class: "give",
        "data-code": code,
        "data-label": label,
        "data-slot": place % LOOKS.slots,
        "data-look": look,
        "aria-pressed": "false",
      },
      element("span", { class: "give-key" }),
      element("bdi", { class: `key ${look}`, text: code }),
      " ",
      element("bdi", { text: label }),
    );
    this.known.set(code, button);
    this.list.append(element("li", {}, button));
  }
}

// As people type: without capitals and marks.
function folded(words) {
  return words.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().trim();
}
