// Makes and finds passkeys (Web Authentication, level 3, section 5.1): asks the site what is wanted, then the browser, and sends what it
// answers with the form. Without it the forms stay hidden, as passkeys cannot do without script.

const calls = {
  create: json => navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(json) }),
  get: json => navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(json) }),
};
const sentences = {
  InvalidStateError: "This device holds a passkey for your account already.",
  NotAllowedError: "No passkey was chosen, or it took too long. Try again.",
};

async function answer(form) {
  const response = await fetch(form.dataset.options, { method: "POST", body: new URLSearchParams(new FormData(form)) });
  if (response.status === 400 && response.headers.get("Content-Type")?.startsWith("text/plain")) throw new Error(await response.text());
  if (!response.ok) throw new Error("The site did not answer. Open this page again.");
  const credential = await calls[form.dataset.passkey](await response.json());
  form.elements.credential.value = JSON.stringify(credential);
}

if (window.PublicKeyCredential?.parseCreationOptionsFromJSON && window.PublicKeyCredential.prototype.toJSON) {
  for (const missing of document.querySelectorAll("[data-passkey-missing]")) missing.hidden = true;
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.hidden = false;
    form.addEventListener("submit", async event => {
      event.preventDefault();
      const [button, problem] = [form.querySelector("button"), form.querySelector("[role=alert]")];
      button.disabled = true;
      problem.textContent = "";
      try {
        await answer(form);
        form.submit();
      } catch (failure) {
        problem.textContent = sentences[failure.name] ?? failure.message;
        button.disabled = false;
      }
    });
  }
}
