// Places in a text are code points, as the house counts them; JavaScript counts UTF-16.

const PAIR = /[\ud800-\udbff][\udc00-\udfff]/;
const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });
const wordwise = new Intl.Segmenter(undefined, { granularity: "word" });

// How many code points some words hold.
export function codePoints(words) {
  if (!PAIR.test(words)) return words.length;
  let count = 0;
  for (const _ of words) count += 1;
  return count;
}

// Where, in UTF-16, so many code points end.
export function units(words, points) {
  if (!PAIR.test(words)) return Math.min(points, words.length);
  let at = 0;
  for (let left = points; left > 0 && at < words.length; left -= 1) {
    at += words.codePointAt(at) > 0xffff ? 2 : 1;
  }
  return at;
}

export function slice(words, start, end) {
  return words.slice(units(words, start), units(words, end));
}

// A stretch, in code points, that cuts no letter from its marks and has no white space at its
// edges; null where nothing is left of it.
export function whole(words, start, end) {
  const segments = graphemes.segment(words);
  let from = edge(segments, units(words, start), words.length, false);
  let to = edge(segments, units(words, end), words.length, true);
  from += words.slice(from, to).length - words.slice(from, to).trimStart().length;
  to = from + words.slice(from, to).trimEnd().length;
  if (from >= to) return null;
  // What was trimmed off may have carried a mark of the letter before.
  to = edge(segments, to, words.length, true);
  return { start: codePoints(words.slice(0, from)), end: codePoints(words.slice(0, to)) };
}

function edge(segments, at, length, goesOn) {
  if (at <= 0 || at >= length) return Math.min(Math.max(at, 0), length);
  const cluster = segments.containing(at);
  if (cluster.index === at) return at;
  return goesOn ? cluster.index + cluster.segment.length : cluster.index;
}

// The words of a paragraph as stretches in code points; what stands between them is none.
export function wordsOf(words) {
  const found = [];
  let points = 0;
  for (const { segment, isWordLike } of wordwise.segment(words)) {
    const length = codePoints(segment);
    if (isWordLike) found.push({ start: points, end: points + length });
    points += length;
  }
  return found;
}
