// Coding by keyboard. The sheet works without it: radios have arrow keys of their own.

const sheet = document.getElementById("sheet");
const codes = [...(sheet?.querySelectorAll("[data-code]") ?? [])];
const GAPS = { m: "not mentioned", u: "unknown", x: "not applicable" };
const WRITING = 'textarea, select, [contenteditable], input:not([type="radio"], [type="checkbox"])';

const answers = (code) => [...code.querySelectorAll('input[type="radio"]')];

// Where nothing has the focus yet, the first code without an answer is meant.
function here() {
  const at = codes.findIndex((code) => code.contains(document.activeElement));
  if (at >= 0) return at;
  const open = codes.findIndex((code) => !answers(code).some((answer) => answer.checked));
  return Math.max(open, 0);
}

function go(to) {
  const code = codes[Math.min(Math.max(to, 0), codes.length - 1)];
  const all = answers(code);
  (all.find((answer) => answer.checked) ?? all[0]).focus();
  code.scrollIntoView({ block: "nearest" });
}

function answer(value) {
  const at = here();
  const chosen = answers(codes[at]).find((one) => one.value === value);
  if (!chosen) return false;
  chosen.checked = true;
  chosen.dispatchEvent(new Event("input", { bubbles: true }));
  go(at + 1);
  return true;
}

function act(key) {
  const at = here();
  const inside = codes[at]?.contains(document.activeElement);
  if (key === "j") go(inside ? at + 1 : at);
  else if (key === "k") go(at - 1);
  else if (key === "o") sheet.elements.memo.focus();
  else return answer(GAPS[key] ?? key);
  return true;
}

document.addEventListener("keydown", (event) => {
  if (!codes.length || event.isComposing || document.querySelector("dialog[open]")) return;
  if ((event.ctrlKey || event.metaKey) && event.key === "Enter") {
    event.preventDefault();
    sheet.requestSubmit(sheet.querySelector('button[value="complete"]'));
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest(WRITING)) return;
  if (act(event.key.toLowerCase())) event.preventDefault();
});

sheet?.addEventListener("input", () => {
  const saved = sheet.querySelector(".saved");
  saved.textContent = saved.dataset.unsaved;
});
