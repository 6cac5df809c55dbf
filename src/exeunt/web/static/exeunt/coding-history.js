// What was done, to be undone and done again. It outlives a reload, but for what holds words.

const MOST = 200;
const KEPT = 50;

export class History {
  constructor(store) {
    this.store = store;
    this.past = store.read("past", []);
    this.future = store.read("future", []);
  }

  // An entry holds the acts, the acts that turn them round, and what to say of them.
  done(entry) {
    this.past.push(entry);
    if (this.past.length > MOST) this.past.shift();
    this.future = [];
    this.keep();
  }

  undo() {
    return this.over(this.past, this.future);
  }

  redo() {
    return this.over(this.future, this.past);
  }

  over(from, to) {
    const entry = from.pop();
    if (!entry) return null;
    to.push(entry);
    this.keep();
    return entry;
  }

  // An act that was refused can be neither undone nor done again.
  forget(act) {
    const holds = (entry) => [...entry.acts, ...entry.back].some((one) => same(one, act));
    this.past = this.past.filter((entry) => !holds(entry));
    this.future = this.future.filter((entry) => !holds(entry));
    this.keep();
  }

  keep() {
    this.store.keep("past", keepable(this.past));
    this.store.keep("future", keepable(this.future));
  }
}

function same(one, other) {
  return JSON.stringify(one) === JSON.stringify(other);
}

function keepable(entries) {
  const wordy = (entry) => [...entry.acts, ...entry.back].some((act) => act.words || act.note);
  return entries.slice(entries.findLastIndex(wordy) + 1).slice(-KEPT);
}
