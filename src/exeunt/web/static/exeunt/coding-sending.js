// Sending to the house by script, and what can become of it.

const signIn = () => document.querySelector('meta[name="sign-in"]')?.content;
const member = (page) => page.querySelector('meta[name="member"]')?.content;
// A request that may outlive its page has to be small.
const SMALL = 30_000;
let token = "";
let small = "";

// `page` is the address of a small page of ours, from which a fresh token is taken.
export function begin({ token: first, page }) {
  token = first;
  small = page;
}

// Returns what became of it: done, refused, dropped, failed or signed-out; and what was told.
export async function send(address, body) {
  let answer = await once(address, body);
  if (answer?.status === 403) {
    const before = token;
    const renewed = await renew();
    if (renewed === "signed-out") return { kind: "signed-out" };
    if (token !== before) answer = await once(address, body);
  }
  return told(answer);
}

export async function ask(address) {
  const headers = { Accept: "application/json" };
  const how = { headers, credentials: "same-origin", redirect: "manual" };
  return told(await fetch(address, how).catch(() => null));
}

async function once(address, body) {
  const said = JSON.stringify(body);
  return fetch(address, {
    method: "POST",
    body: said,
    headers: {
      "Content-Type": "application/json",
      Accept: "application/json",
      "X-CSRFToken": token,
    },
    credentials: "same-origin",
    redirect: "manual",
    keepalive: said.length < SMALL,
  }).catch(() => null);
}

async function told(answer) {
  if (!answer) return { kind: "dropped" };
  // Nothing that a script asks for leads elsewhere, but to where one signs in.
  if (answer.type === "opaqueredirect") return { kind: "signed-out" };
  if (answer.status >= 500 || answer.status === 429) return { kind: "failed" };
  const said = await answer.json().catch(() => null);
  if (!said) return { kind: "failed" };
  return { kind: answer.ok ? "done" : "refused", told: said };
}

// After a new sign-in elsewhere, the page's old token no longer counts. Where it was somebody else
// who signed in, what this page holds is not theirs to send.
async function renew() {
  const answer = await fetch(small, { credentials: "same-origin" }).catch(() => null);
  if (!answer?.ok) return "dropped";
  if (new URL(answer.url).pathname === signIn()) return "signed-out";
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (member(page) !== member(document)) return "signed-out";
  token = page.querySelector('input[name="csrfmiddlewaretoken"]')?.value ?? token;
  return "renewed";
}
