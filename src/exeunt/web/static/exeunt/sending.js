// Sending forms: once, never by accident into nothing, and nothing that was typed is lost. What is
// typed is kept in the page alone; testimony must not linger in a browser's storage.

const changed = new Set();
const sending = new WeakSet();
let leaving = false;

const posts = (form) => form?.method === "post";

document.addEventListener("input", (event) => {
  const form = event.target.form;
  if (posts(form) && !("downloads" in form.dataset)) changed.add(form);
});

window.addEventListener("beforeunload", (event) => {
  if (!leaving && [...changed].some((form) => form.isConnected)) event.preventDefault();
});

window.addEventListener("pageshow", () => {
  leaving = false;
  for (const form of document.forms) free(form);
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || !posts(form) || "downloads" in form.dataset) return;
  if (sending.has(form)) {
    event.preventDefault();
    return;
  }
  hold(form);
  if ("keeps" in form.dataset && !form.dataset.natively) {
    event.preventDefault();
    send(form, event.submitter);
  } else {
    leaving = true;
  }
});

function hold(form) {
  sending.add(form);
  for (const button of buttons(form)) button.setAttribute("aria-busy", "true");
}

function free(form) {
  sending.delete(form);
  for (const button of buttons(form)) button.removeAttribute("aria-busy");
}

function buttons(form) {
  return [...form.elements].filter((one) => one.tagName === "BUTTON" && one.type === "submit");
}

// The house answers a form sent this way with where to go (X-Go) instead of going there.
async function send(form, submitter) {
  let answer;
  try {
    if (form.dataset.signedOut && !(await renew(form))) return kept(form, "signed-out");
    answer = await fetch(form.action, {
      method: "POST",
      body: new FormData(form, submitter),
      headers: { "X-Keeps": "1" },
      credentials: "same-origin",
    });
  } catch {
    return kept(form, "dropped");
  }
  const go = answer.headers.get("X-Go") ?? (answer.redirected ? answer.url : "");
  if (go && isSignIn(go)) {
    form.dataset.signedOut = "1";
    return kept(form, "signed-out");
  }
  if (answer.status >= 500) return kept(form, "failed");
  if (answer.status === 403 && !(await renew(form))) return kept(form, "signed-out");
  leaving = true;
  if (go) return window.location.assign(go);
  sendNatively(form, submitter);
}

// Refused: the house draws its answer in full; a form sent twice does nothing twice.
function sendNatively(form, submitter) {
  free(form);
  form.dataset.natively = "1";
  form.requestSubmit(submitter ?? undefined);
}

function isSignIn(address) {
  const path = document.querySelector('meta[name="sign-in"]')?.content;
  return Boolean(path) && new URL(address, window.location.href).pathname === path;
}

// After a new sign-in elsewhere, the page's old token no longer counts. Where it was somebody else
// who signed in, what this page holds is not theirs to send.
async function renew(form) {
  const page = await (await fetch(window.location.href, { credentials: "same-origin" })).text();
  const fresh = new DOMParser().parseFromString(page, "text/html");
  if (memberOn(fresh) !== memberOn(document)) {
    form.dataset.signedOut = "1";
    return false;
  }
  const token = fresh.querySelector('main input[name="csrfmiddlewaretoken"]')?.value;
  if (token) form.elements.csrfmiddlewaretoken.value = token;
  return true;
}

function memberOn(page) {
  return page.querySelector('meta[name="member"]')?.content;
}

function kept(form, why) {
  free(form);
  form.querySelector(".kept")?.remove();
  const notice = document.querySelector(`template[data-kept="${why}"]`).content.cloneNode(true);
  form.prepend(notice);
  form.querySelector(".kept").focus();
}
