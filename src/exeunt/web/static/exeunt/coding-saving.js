// Acts on their way to the house: one batch at a time, in order, and sent again until it answers.

import { send } from "./coding-sending.js";

const MOST = 100;
const FIRST_PAUSE = 1_000;
const LONGEST_PAUSE = 30_000;

export class Saving {
  // `on` holds what is called: `stands` with how it stands, `saved` after each batch, `refused` with
  // an act and the sentence that refuses it, `behind` when another tab came between.
  constructor({ address, text, revision, store, on }) {
    Object.assign(this, { address, text, revision, store, on });
    this.waiting = store.read("waiting", []);
    this.pause = FIRST_PAUSE;
    this.busy = false;
    this.onebyone = false;
    window.addEventListener("online", () => this.again());
    document.addEventListener("visibilitychange", () => !document.hidden && this.again());
    window.addEventListener("beforeunload", (event) => this.waiting.length && event.preventDefault());
  }

  add(acts) {
    this.waiting.push(...acts);
    this.keep();
    return this.flush();
  }

  keep() {
    this.store.keep("waiting", this.waiting);
  }

  again() {
    this.pause = FIRST_PAUSE;
    return this.flush();
  }

  async flush() {
    if (this.busy || !this.waiting.length) return;
    this.busy = true;
    clearTimeout(this.timer);
    this.on.stands("saving");
    const batch = this.waiting.slice(0, this.onebyone ? 1 : MOST);
    const answer = await send(this.address, {
      text: this.text,
      revision: this.revision,
      acts: batch,
    });
    this.busy = false;
    if (answer.kind === "done") this.done(batch, answer.told);
    else if (answer.kind === "refused") this.refused(batch, answer.told.says);
    else this.later(answer.kind);
  }

  done(batch, { revision, saved, behind }) {
    this.leave(batch);
    this.pause = FIRST_PAUSE;
    this.revision = revision;
    if (!this.waiting.length) this.onebyone = false;
    this.on.stands("saved", saved);
    this.on.saved();
    if (behind) this.on.behind();
    if (this.waiting.length) this.flush();
    else this.emptied();
  }

  // Nothing of a batch was done; one by one, only what is refused stays undone.
  refused(batch, says) {
    if (batch.length > 1) {
      this.onebyone = true;
    } else {
      this.leave(batch);
      this.on.refused(batch[0], says);
    }
    if (this.waiting.length) {
      this.flush();
    } else {
      this.on.stands("settled");
      this.emptied();
    }
  }

  // Call back when nothing waits any more.
  then(act) {
    this.after = act;
  }

  emptied() {
    const act = this.after;
    this.after = null;
    act?.();
  }

  leave(batch) {
    this.waiting.splice(0, batch.length);
    this.keep();
  }

  later(kind) {
    this.on.stands(kind);
    this.timer = setTimeout(() => this.flush(), this.pause);
    this.pause = Math.min(2 * this.pause, LONGEST_PAUSE);
  }
}
