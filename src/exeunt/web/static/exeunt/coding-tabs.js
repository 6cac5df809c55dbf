// Several tabs on one text: what one has saved, the others show.

import { ask } from "./coding-sending.js";
import { say, word } from "./coding-words.js";

const SOON = 2_000;

export class Tabs {
  constructor({ name, marksAt, saving, loaded }) {
    Object.assign(this, { marksAt, saving, loaded });
    this.channel = new BroadcastChannel(`exeunt:${name}`);
    this.channel.addEventListener("message", ({ data }) => {
      if (data.revision > this.saving.revision) this.again();
    });
  }

  saved() {
    this.channel.postMessage({ revision: this.saving.revision });
  }

  // Ask what stands by now; what waits to be saved is laid over it.
  async again() {
    if (this.asking) {
      this.once = true;
      return;
    }
    this.asking = true;
    const answer = await ask(this.marksAt);
    this.asking = false;
    if (answer.kind === "refused") return say(answer.told.says);
    const isOld = answer.kind === "done" && answer.told.revision < this.saving.revision;
    if (answer.kind !== "done" || isOld || this.once) {
      this.once = false;
      setTimeout(() => this.again(), isOld ? 0 : SOON);
      return;
    }
    if (answer.told.text !== this.saving.text) return say(word("text-corrected"));
    this.saving.revision = answer.told.revision;
    this.loaded(answer.told);
    return undefined;
  }
}
