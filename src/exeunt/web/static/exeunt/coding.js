// The page of a text: its parts are put together here. Without it, the page of sentences is shown.

import { Chosen } from "./coding-chosen.js";
import { Cursor } from "./coding-cursor.js";
import { Editor } from "./coding-editor.js";
import { Highlights } from "./coding-highlights.js";
import { History } from "./coding-history.js";
import { listen } from "./coding-keys.js";
import { List } from "./coding-list.js";
import { Lost } from "./coding-lost.js";
import { Margin } from "./coding-margin.js";
import { Marks } from "./coding-marks.js";
import { Palette } from "./coding-palette.js";
import { Paragraphs } from "./coding-paragraphs.js";
import { Pointer } from "./coding-pointer.js";
import { Saving } from "./coding-saving.js";
import { begin } from "./coding-sending.js";
import { Sight } from "./coding-sight.js";
import { Standing } from "./coding-standing.js";
import { Store } from "./coding-store.js";
import { Tabs } from "./coding-tabs.js";
import { Ways } from "./coding-ways.js";
import { say, word } from "./coding-words.js";

const root = document.getElementById("coding");
const SAID = 300;

class Page {
  constructor(facts) {
    const text = document.getElementById("text");
    const { member, name, propose, act, marks: marksAt } = root.dataset;
    this.text = text;
    this.isOpen = facts.state !== "complete";
    this.paragraphs = new Paragraphs(text);
    this.marks = new Marks(this.paragraphs);
    this.cursor = new Cursor(this.paragraphs, () => this.moved());
    this.store = new Store(`${member}:${name}:${facts.text}`);
    this.history = new History(this.store);
    this.saving = new Saving({
      address: act,
      text: facts.text,
      revision: facts.revision,
      store: this.store,
      on: {
        stands: (how, when) => this.standing.tell(how, when),
        saved: () => this.tabs.saved(),
        refused: (one, says) => this.refused(one, says),
        behind: () => this.tabs.again(),
      },
    });
    this.standing = new Standing({
      places: document.querySelectorAll("[data-saved]"),
      notice: document.getElementById("notice"),
      waiting: () => this.saving.waiting.length,
    });
    this.palette = new Palette(document.getElementById("palette"), {
      propose,
      give: (code) => this.editor.give(code),
    });
    this.highlights = new Highlights(this.paragraphs, this.marks, this.palette);
    this.editor = new Editor(this);
    this.ways = new Ways(this, facts.turns);
    this.margin = new Margin(this);
    this.chosen = new Chosen(document.getElementById("chosen"), this);
    this.list = new List(document.getElementById("excerpts"), this);
    this.pointer = new Pointer(this);
    this.lost = new Lost(document.getElementById("lost"), {
      cursor: this.cursor,
      apply: (one) => this.lostAct(one),
    });
    this.tabs = new Tabs({
      name,
      marksAt,
      saving: this.saving,
      loaded: (told) => this.loaded(told),
    });
    this.sight = new Sight(this);
  }

  begin(facts) {
    this.standing.tell("settled", facts.saved);
    this.loaded(facts);
    this.sight.begin();
    this.saving.flush();
    listen(this);
  }

  // What the house says stands, and over it what waits to be saved.
  loaded(told) {
    this.marks.load(told);
    this.lost.draw(told.lost);
    for (const act of this.saving.waiting) if (!act.lost) this.marks.apply(act);
    this.redraw(this.sight.seen);
  }

  redraw(numbers) {
    const seen = [...numbers].filter((number) => this.sight.seen.has(number));
    this.highlights.redraw(seen);
    this.margin.draw(seen);
    this.settle();
  }

  settle() {
    const { chosen, fold } = this.cursor;
    const codes = chosen && !fold ? this.marks.get(chosen)?.codes.keys() : [];
    this.palette.press(new Set(codes));
    this.chosen.draw();
    this.list.draw();
    this.pointer.place();
  }

  // Something else is chosen.
  moved() {
    const { cursor } = this;
    this.highlights.only("chosen", cursor.fold ? null : cursor.chosen);
    if (this.pointer.drawn) return this.pointer.place();
    this.settle();
    if (cursor.fold || this.pointer.isSelecting) return undefined;
    cursor.bringIntoView();
    return this.readOut();
  }

  readOut() {
    const { chosen, sentence } = this.cursor;
    const touching = this.marks.touching(chosen).flatMap((one) => [...one.codes.keys()]);
    const codes = [...new Set(touching)].join(", ");
    const words = this.paragraphs.textOf(chosen, SAID);
    say(word(codes ? "sentence-coded" : "sentence", { n: sentence.number, words, codes }));
  }

  go(span) {
    if (this.ways.isFolded(span.start)) return;
    this.ways.toExcerpt(span);
    this.text.focus({ preventScroll: true });
  }

  // The house knows what stood there; here it is asked afterwards.
  lostAct(act) {
    this.saving.add([act]);
    this.saving.then(() => this.tabs.again());
  }

  refused(act, says) {
    this.history.forget(act);
    this.standing.refused(act, says, (...of) => this.paragraphs.textOf(...of));
    this.tabs.again();
  }
}

if ("highlights" in CSS) {
  const facts = JSON.parse(document.getElementById("facts").textContent);
  begin({ token: root.dataset.token, page: root.dataset.small });
  new Page(facts).begin(facts);
  document.documentElement.dataset.coding = "ready";
} else {
  window.location.replace(root.dataset.plain);
}
