let given = 0;

/** An element with these properties; "class" and names with a hyphen become attributes. */
export function make(name, properties = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key === "class" || key === "role" || key.includes("-")) element.setAttribute(key, value);
    else element[key] = value;
  }
  element.append(...children);
  return element;
}

export const button = (words, act, properties = {}) =>
  make("button", { type: "button", class: "plain small", onclick: act, ...properties }, words);

/** The element's id; it gets one if it has none. */
export function idOf(element) {
  element.id ||= `editor-${++given}`;
  return element.id;
}

/** The page's proof that a request comes from its form. */
export const token = form => form?.querySelector("[name=__RequestVerificationToken]")?.value ?? "";

/** Sends text to an endpoint of the editor. */
export const post = (form, address, text, signal) =>
  fetch(address, { method: "POST", body: new URLSearchParams({ text }), headers: { RequestVerificationToken: token(form) }, signal });

/** Why an endpoint refused, in the sentence that it gave. */
export async function refusal(answer) {
  if (answer.status === 401) return "You are signed out. Sign in again in another tab, and go on here.";
  if (answer.status === 403 || answer.status === 404) return "You may not edit this any more.";
  if (answer.status === 429) return "That was asked too often. Wait a moment.";
  const isSentence = answer.headers.get("Content-Type")?.startsWith("text/plain");
  return isSentence ? await answer.text() : `The site answered ${answer.status}.`;
}
