// Shows what has to do with passkeys where the browser knows them, and says why one was not used.

const button = document.getElementById("passkey");
const said = document.getElementById("passkey-said");

if (button && window.PublicKeyCredential) button.hidden = false;

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  if (!said) return;
  said.textContent = said.dataset.says;
  said.hidden = false;
});
