// What must outlive a reload, in this tab alone: acts that are not saved yet, and what can be
// undone. Places, codes and values; words of a memo only until they are saved.

export class Store {
  constructor(name) {
    this.name = `exeunt:${name}`;
  }

  read(what, otherwise) {
    try {
      return JSON.parse(sessionStorage.getItem(`${this.name}:${what}`)) ?? otherwise;
    } catch {
      return otherwise;
    }
  }

  keep(what, value) {
    try {
      if (value.length) sessionStorage.setItem(`${this.name}:${what}`, JSON.stringify(value));
      else sessionStorage.removeItem(`${this.name}:${what}`);
    } catch {
      // A browser that keeps nothing: the page holds it while it is open.
    }
  }
}
