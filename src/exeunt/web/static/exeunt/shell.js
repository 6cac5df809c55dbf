// Small conveniences of every page. Each page works without them.

const TYPED = "input, textarea, select, [contenteditable]";
const keys = document.getElementById("keys");

function say(words) {
  document.getElementById("said").textContent = words;
}

// A form that came back refused opens with what is wrong with it.
document.getElementById("errors")?.focus();

// On a small screen, the stage one is in comes into view by itself.
const here = document.querySelector('.stages [data-state="here"]');
here?.scrollIntoView({ block: "nearest", inline: "center" });

for (const button of document.querySelectorAll("[data-opens], [data-prints], [data-copies]")) {
  button.hidden = false;
}

document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("[data-menu][open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
  const button = event.target.closest("button");
  if (button?.dataset.opens) document.getElementById(button.dataset.opens).showModal();
  if (button && "prints" in button.dataset) window.print();
  if (button?.dataset.copies) copy(button);
});

async function copy(button) {
  const from = document.getElementById(button.dataset.copies);
  try {
    await navigator.clipboard.writeText((from.value ?? from.textContent).trim());
    say(button.dataset.copied ?? "");
    button.textContent = button.dataset.copied ?? button.textContent;
  } catch {
    from.focus();
    from.select?.();
  }
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    const menu = document.querySelector("[data-menu][open]");
    if (menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  }
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.target.closest(TYPED) || document.querySelector("dialog[open]")) return;
  if (event.key === "?" && keys) keys.showModal();
  const search = document.getElementById("search");
  if (event.key === "/" && search) {
    event.preventDefault();
    search.focus();
    search.select();
  }
});

// What long work ended with is said aloud once, not every second.
document.addEventListener("htmx:afterSwap", () => {
  const ended = document.querySelector("[data-say]");
  if (ended) say(ended.dataset.say);
});
