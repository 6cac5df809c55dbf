// Masking by keyboard and by selecting words. Without it, every button and link works by itself.
// Places are counted in code points, as the house counts them; JavaScript counts UTF-16.

const masking = document.getElementById("masking");
const WRITING = "input, textarea, select, [contenteditable]";
const STEPS = { a: "accept", r: "refuse", A: "accept-alike", R: "refuse-alike", o: "reopen" };
let choosing = false;

const text = () => document.getElementById("text");
const bar = () => document.getElementById("select");
const marks = () => [...masking.querySelectorAll("#text a[id]")];
const codePoints = (words) => [...words].length;

// --- steps: sent without leaving the page; whatever is refused, the house draws in full ----------

async function send(form, submitter) {
  const answer = await fetch(form.action, {
    method: "POST",
    body: new FormData(form, submitter),
    headers: { "X-Part": "1" },
    credentials: "same-origin",
  }).catch(() => null);
  if (!(await drawn(answer))) {
    form.dataset.natively = "1";
    form.requestSubmit(submitter ?? undefined);
  }
}

async function drawn(answer) {
  if (!answer || answer.status !== 200 || answer.redirected) return false;
  masking.innerHTML = await answer.text();
  document.dispatchEvent(new Event("exeunt:drawn"));
  const chosen = document.getElementById(`m${document.getElementById("leaf").dataset.chosen}`);
  chosen?.focus({ preventScroll: true });
  chosen?.scrollIntoView({ block: "nearest" });
  const far = masking.querySelector(".leaf-how .quiet");
  document.getElementById("said").textContent = far?.textContent ?? "";
  return true;
}

masking.addEventListener("submit", (event) => {
  const form = event.target;
  const leaves = event.submitter && "leaves" in event.submitter.dataset;
  if (form.dataset.natively || leaves || form.closest("[data-vault]")) return;
  event.preventDefault();
  send(form, event.submitter);
});

masking.addEventListener("click", async (event) => {
  const link = event.target.closest("a[data-mark], a[data-shows]");
  if (event.target.closest("[data-cancels]")) return unselect();
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return undefined;
  event.preventDefault();
  if (!getSelection().isCollapsed && link.dataset.mark) return undefined;
  return show(link.href);
});

async function show(address) {
  const answer = await fetch(address, { headers: { "X-Part": "1" }, credentials: "same-origin" });
  if (!(await drawn(answer))) window.location.assign(address);
}

// --- keys -----------------------------------------------------------------------------------------

function here() {
  const focused = document.activeElement?.dataset?.mark;
  const chosen = focused ?? document.getElementById("leaf").dataset.chosen;
  return marks().findIndex((one) => one.dataset.mark === chosen);
}

function go(to) {
  const all = marks();
  const mark = all[Math.min(Math.max(to, 0), all.length - 1)];
  mark?.focus({ preventScroll: true });
  mark?.scrollIntoView({ block: "nearest" });
}

function goToUndecided() {
  const all = marks();
  const open = (one) => one.dataset.state === "proposed";
  const after = all.findIndex((one, place) => place > here() && open(one));
  go(after >= 0 ? after : all.findIndex(open));
}

function step(key) {
  const mark = marks()[here()];
  const form = document.getElementById("steps");
  const button = document.createElement("button");
  button.name = "act";
  button.value = key === "u" ? "undo" : `${STEPS[key]} ${mark?.dataset.mark}`;
  button.hidden = true;
  if (key === "u" ? !masking.querySelector('[data-key="u"]') : !mark) return;
  form.append(button);
  form.requestSubmit(button);
}

function act(key) {
  if (key === "j") go(here() + 1);
  else if (key === "k") go(here() - 1);
  else if (key === "n") goToUndecided();
  else if (key === "s") choose();
  else if (key === "u" || key in STEPS) step(key);
  else return false;
  return true;
}

document.addEventListener("keydown", (event) => {
  if (event.isComposing || document.querySelector("dialog[open]")) return;
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest(WRITING)) return;
  if (choosing ? extend(event) : act(event.key)) event.preventDefault();
});

// --- selecting: by mouse, by touch, or word by word with the arrows --------------------------------

function choose() {
  const at = marks()[here()]?.closest("p") ?? text().querySelector("p");
  if (!at) return;
  choosing = true;
  text().focus({ preventScroll: true });
  getSelection().collapse(at, 0);
  getSelection().modify("extend", "forward", "word");
}

function extend(event) {
  const selection = getSelection();
  const paragraph = selection.focusNode?.parentElement?.closest("p") ?? text();
  const rtl = getComputedStyle(paragraph).direction === "rtl";
  const ways = {
    ArrowRight: rtl ? "backward" : "forward",
    ArrowLeft: rtl ? "forward" : "backward",
    ArrowDown: "forward",
    ArrowUp: "backward",
  };
  if (event.key === "Escape") unselect();
  else if (event.key === "Enter" && !bar().hidden) finishChoosing();
  else if (event.key in ways) move(selection, ways[event.key], event);
  else return false;
  return true;
}

function move(selection, way, event) {
  const by = event.key === "ArrowDown" || event.key === "ArrowUp" ? "line" : "word";
  if (!event.shiftKey) {
    if (way === "forward") selection.collapseToEnd();
    else selection.collapseToStart();
    if (by === "line") selection.modify("move", way, by);
  }
  selection.modify("extend", by === "line" && !event.shiftKey ? "forward" : way, event.shiftKey ? by : "word");
}

function finishChoosing() {
  choosing = false;
  bar().querySelector("button").focus();
}

function unselect() {
  choosing = false;
  getSelection().removeAllRanges();
  bar().hidden = true;
}

function place(node, offset) {
  const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
  const paragraph = element.closest("p[data-start]");
  if (!paragraph || !text().contains(paragraph)) return null;
  const before = document.createRange();
  before.setStart(paragraph, 0);
  before.setEnd(node, offset);
  return Number(paragraph.dataset.start) + codePoints(before.toString());
}

document.addEventListener("selectionchange", () => {
  const selection = getSelection();
  const form = bar();
  if (!form || form.contains(document.activeElement)) return;
  const range = selection.rangeCount && !selection.isCollapsed ? selection.getRangeAt(0) : null;
  const start = range && place(range.startContainer, range.startOffset);
  const end = range && place(range.endContainer, range.endOffset);
  const words = range?.toString().trim();
  form.hidden = !words || start === null || end === null;
  if (form.hidden) return;
  form.elements.start.value = start;
  form.elements.end.value = end;
  form.querySelector("[data-selected]").textContent = words;
});
