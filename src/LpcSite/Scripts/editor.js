// What makes writing in forms comfortable. Every form works without it: a plain textarea, and buttons that submit.
import { keep } from "./keeping.js";
import { enhance as enhanceText } from "./markdown-editor.js";
import { enhance as enhanceList } from "./rows.js";

const texts = root => root.querySelectorAll("textarea[data-markdown]");

texts(document).forEach(enhanceText);
document.querySelectorAll("[data-list]").forEach(enhanceList);
document.addEventListener("row-added", event => {
  texts(event.target).forEach(enhanceText);
  event.target.querySelectorAll("[data-list]").forEach(enhanceList);
});
document.querySelectorAll("form[data-working]").forEach(keep);

document.addEventListener("keydown", event => {
  const form = event.target.closest?.("form");
  const isSave = event.key === "s" && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
  if (!isSave || !form?.querySelector("[data-markdown], [data-list]")) return;
  event.preventDefault();
  const saves = [...form.querySelectorAll("button:not([type=button])")].find(button => button.name !== "change" && !button.hasAttribute("formaction"));
  form.requestSubmit(saves);
});
