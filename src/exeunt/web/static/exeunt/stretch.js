// Settling by keyboard. The page works without it: radios, fields and buttons are plain.

const form = document.getElementById("settle");
const WRITING = 'textarea, select, [contenteditable], input:not([type="radio"], [type="checkbox"])';
const TAKES = { u: "union", i: "intersection", 0: "none", o: "own" };

const takes = () => [...(form?.querySelectorAll('input[name="take"]') ?? [])];

function take(value) {
  const chosen = takes().find((one) => one.value === value);
  if (!chosen) return false;
  chosen.checked = true;
  chosen.focus();
  chosen.dispatchEvent(new Event("input", { bubbles: true }));
  return true;
}

// A number takes that sentence; the number after the one before takes both, and all between.
function sentence(number) {
  const field = form.elements.sentences;
  const [first] = field.value.match(/^\d+/) ?? [number];
  field.value = Number(first) < number ? `${first}-${number}` : String(number);
  take("own");
  return true;
}

function write(name) {
  const field = form.elements[name];
  const folded = field.closest("details");
  if (folded) folded.open = true;
  field.focus();
  return true;
}

function act(key) {
  const link = document.querySelector(`a[data-key="${CSS.escape(key)}"]`);
  if (link) {
    link.click();
    return true;
  }
  if (key === "w") return write("reason");
  if (key === "q") return write("question");
  if (/^[1-9]$/.test(key)) return sentence(Number(key));
  return take(TAKES[key] ?? key.toUpperCase());
}

document.addEventListener("keydown", (event) => {
  if (!form || event.isComposing || document.querySelector("dialog[open]")) return;
  if ((event.ctrlKey || event.metaKey) && event.key === "Enter") {
    event.preventDefault();
    const asks = event.target === form.elements.question;
    form.requestSubmit(form.querySelector(`button[value="${asks ? "back" : "settle"}"]`));
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest(WRITING)) return;
  if (act(event.key.toLowerCase())) event.preventDefault();
});
