// How long the vault is still open: counted down beside the time, which stands there without it.

const line = () => document.querySelector("[data-vault]");

function tell() {
  const left = line()?.querySelector("[data-left]");
  if (!left) return;
  const ends = new Date(line().querySelector("[data-until]").dateTime);
  const minutes = Math.ceil((ends - Date.now()) / 60000);
  const says = minutes > 0 ? left.dataset.minutes.replace("%s", minutes) : left.dataset.over;
  if (left.textContent !== says) left.textContent = says;
}

tell();
setInterval(tell, 5000);
document.addEventListener("visibilitychange", tell);
// A part of the page was drawn anew.
document.addEventListener("exeunt:drawn", tell);
