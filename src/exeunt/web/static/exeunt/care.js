// Tells the house once a minute that testimony is looked at: for the reader's own limits, and for
// nobody else. Without it, the house estimates from the pages that were asked for.

const MINUTE = 60_000;
const bar = document.querySelector("[data-beat]");

async function beat(how = "") {
  try {
    const answer = await fetch(`${bar.dataset.beat}${how}`, {
      method: "POST",
      headers: { "X-CSRFToken": bar.dataset.token, "HX-Request": "true" },
      keepalive: true,
    });
    if (answer.status === 200) say((await answer.json()).says);
  } catch {
    // No line: the next page that is asked for is counted.
  }
}

// Nothing that was said is taken back while somebody reads: it would only flicker.
function say(words) {
  const place = bar.querySelector("[data-says]");
  if (!words || place.textContent === words) return;
  place.textContent = words;
  place.hidden = false;
}

if (bar) {
  if (document.visibilityState === "visible") beat();
  setInterval(() => document.visibilityState === "visible" && beat(), MINUTE);
  document.addEventListener("visibilitychange", () => {
    beat(document.visibilityState === "visible" ? "" : "?away");
  });
}
