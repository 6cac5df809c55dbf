// How it stands with what was done: saved, on its way, waiting for the line, or refused.

import { apart, element, say, word } from "./coding-words.js";

const WAITS = { dropped: "waits-network", failed: "waits-server", "signed-out": "waits-signed-out" };
const SHOWN = 60;

export class Standing {
  constructor({ places, notice, waiting }) {
    Object.assign(this, { places, notice, waiting });
    this.when = null;
    this.holdFinishing();
  }

  // `how` is what became of the last batch; `when` the moment at which the house has saved.
  tell(how, when) {
    this.when = when ?? this.when;
    const n = this.waiting();
    if (how in WAITS) return this.late(how, n);
    if (how === "saving") return this.show(word("saving"), "busy");
    this.show(this.when ? word("saved", { time: clock(this.when) }) : word("nothing-yet"), "done");
    if (!n) this.notice.querySelector("[data-late]")?.remove();
    if (!n) this.finish();
    return undefined;
  }

  show(words, state) {
    for (const place of this.places) {
      place.textContent = words;
      place.dataset.state = state;
    }
  }

  late(how, n) {
    this.show(word("not-saved", { n }), "late");
    const says = word(WAITS[how], { n });
    let told = this.notice.querySelector("[data-late]");
    if (told?.dataset.late === how && told.dataset.n === String(n)) return;
    told?.remove();
    told = element(
      "p",
      { class: "notice notice-warning", role: "status", "data-late": how, "data-n": n },
      says,
    );
    const link = document.getElementById("coding-words").content.querySelector("[data-sign-in]");
    if (how === "signed-out" && link) told.append(" ", link.cloneNode(true));
    this.notice.append(told);
  }

  // What was refused is told with its words, so that it can be done again in another way.
  refused(act, says, textOf) {
    const what = apart(`${act.code ?? ""} “${textOf({ start: act.start, end: act.end }, SHOWN)}”`);
    const told = element(
      "p",
      { class: "notice notice-error", role: "alert" },
      element("strong", { text: word("refused") }),
      ` ${what}: ${says} `,
    );
    const away = element("button", { type: "button", class: "as-link", text: word("put-away") });
    away.addEventListener("click", () => told.remove());
    told.append(away);
    this.notice.append(told);
  }

  // A reading is completed when all of it is saved.
  holdFinishing() {
    this.form = document.getElementById("finish");
    this.form?.addEventListener(
      "submit",
      (event) => {
        if (!this.waiting()) return;
        event.preventDefault();
        event.stopPropagation();
        this.held = true;
        say(word("finish-waits"));
      },
      { capture: true },
    );
  }

  finish() {
    if (!this.held) return;
    this.held = false;
    this.form.requestSubmit();
  }
}

function clock(when) {
  const how = { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" };
  return new Date(when).toLocaleTimeString(document.documentElement.lang, how);
}
