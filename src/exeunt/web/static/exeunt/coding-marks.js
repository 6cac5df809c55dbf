// What stands in a text: excerpts with their codes and memos. Acts say what should stand, so that
// doing one twice changes nothing, and every act can be turned round.

const name = ({ start, end }) => `${start}:${end}`;
const inOrder = (one, other) => one.start - other.start || one.end - other.end;

export class Marks {
  constructor(paragraphs) {
    this.paragraphs = paragraphs;
    this.forget();
  }

  forget() {
    this.excerpts = new Map();
    this.beside = new Map();
    this.sorted = null;
  }

  // What the house says stands.
  load({ marks, memos, others }) {
    this.forget();
    for (const [start, end, code, value, gap, note] of marks) {
      this.made({ start, end }).codes.set(code, { cell: cellOf(value, gap), note });
    }
    for (const [start, end, words] of memos) {
      const excerpt = this.made({ start, end });
      excerpt.memo = excerpt.memo ? `${excerpt.memo}\n\n${words}` : words;
    }
    for (const [reader, start, end, code, value, gap] of others) {
      this.made({ start, end }).others.push({ reader, code, cell: cellOf(value, gap) });
    }
  }

  get(span) {
    return this.excerpts.get(name(span)) ?? null;
  }

  made({ start, end }) {
    const key = name({ start, end });
    let excerpt = this.excerpts.get(key);
    if (!excerpt) {
      excerpt = { start, end, codes: new Map(), memo: "", others: [] };
      this.excerpts.set(key, excerpt);
      this.sorted = null;
      for (const number of this.paragraphs.touched(excerpt)) {
        if (!this.beside.has(number)) this.beside.set(number, new Set());
        this.beside.get(number).add(excerpt);
      }
    }
    return excerpt;
  }

  // An excerpt on which nothing stands any more is none.
  settle(excerpt) {
    if (!excerpt || excerpt.codes.size || excerpt.memo || excerpt.others.length) return;
    this.excerpts.delete(name(excerpt));
    this.sorted = null;
    for (const number of this.paragraphs.touched(excerpt)) {
      this.beside.get(number)?.delete(excerpt);
    }
  }

  // All excerpts, in the order of the text.
  get ordered() {
    this.sorted ??= [...this.excerpts.values()].sort(inOrder);
    return this.sorted;
  }

  inParagraph(number) {
    return [...(this.beside.get(number) ?? [])].sort(inOrder);
  }

  // The excerpts that have something in common with a stretch.
  touching(span) {
    const found = new Set();
    for (const number of this.paragraphs.touched(span)) {
      for (const one of this.beside.get(number) ?? []) {
        if (one.start < span.end && span.start < one.end) found.add(one);
      }
    }
    return [...found].sort(inOrder);
  }

  // Whether I have marked anything in a stretch.
  isCoded(span) {
    return this.touching(span).some((one) => one.codes.size);
  }

  // Do an act; return the paragraphs that look different now.
  apply(act) {
    const span = { start: act.start, end: act.end };
    if (act.do === "mark") {
      this.made(span).codes.set(act.code, { cell: act.value, note: act.note ?? "" });
    } else if (act.do === "unmark") {
      this.get(span)?.codes.delete(act.code);
    } else if (act.do === "memo") {
      this.made(span).memo = act.words;
    } else if (act.do === "move") {
      this.move(this.get(span), { start: act.to_start, end: act.to_end });
    }
    const changed = spansOf(act).flatMap((one) => this.paragraphs.touched(one));
    this.settle(this.get(span));
    return new Set(changed);
  }

  move(before, to) {
    if (!before || (!before.codes.size && !before.memo) || name(before) === name(to)) return;
    const after = this.made(to);
    for (const [code, given] of before.codes) {
      if (!after.codes.has(code)) after.codes.set(code, given);
    }
    after.memo = [after.memo, before.memo].filter(Boolean).join("\n\n");
    before.codes.clear();
    before.memo = "";
  }

  // What stands at the places of some acts, to be compared with later.
  standing(acts) {
    const kept = new Map();
    for (const span of acts.flatMap(spansOf)) {
      const excerpt = this.get(span);
      const codes = new Map([...(excerpt?.codes ?? [])].map(([code, given]) => [code, { ...given }]));
      kept.set(name(span), { ...span, codes, memo: excerpt?.memo ?? "" });
    }
    return [...kept.values()];
  }

  // The acts that would bring back what stood.
  back(before) {
    const acts = [];
    for (const was of before) {
      const place = { start: was.start, end: was.end };
      const is = this.get(was);
      for (const code of is?.codes.keys() ?? []) {
        if (!was.codes.has(code)) acts.push({ do: "unmark", ...place, code });
      }
      for (const [code, { cell, note }] of was.codes) {
        const given = is?.codes.get(code);
        if (given?.cell !== cell || given?.note !== note) {
          acts.push({ do: "mark", ...place, code, value: cell, note });
        }
      }
      if ((is?.memo ?? "") !== was.memo) acts.push({ do: "memo", ...place, words: was.memo });
    }
    return acts;
  }
}

export function spansOf(act) {
  if (act.lost) return act.do === "move" ? [{ start: act.to_start, end: act.to_end }] : [];
  const place = { start: act.start, end: act.end };
  return act.do === "move" ? [place, { start: act.to_start, end: act.to_end }] : [place];
}

function cellOf(value, gap) {
  return value === null ? gap : String(value);
}
