// What the text will look like, made by the site's own renderer, while it is being typed.
import { button, idOf, make, post, refusal } from "./elements.js";

const pause = 400;

/** The word in the toolbar that shows and hides the preview. */
export function preview(field, frame) {
  const text = make("div", { class: "prose" });
  // The headings of a text begin below those of a page's parts, and so need one above them here too.
  const title = make("h2", {}, "Preview");
  const panel = make("section", { class: "preview", "aria-labelledby": idOf(title), tabIndex: 0 }, title, text);
  let timer, running;

  async function show() {
    running?.abort();
    running = new AbortController();
    try {
      const answer = await post(field.form, field.dataset.preview, field.value, running.signal);
      if (answer.ok) {
        // The renderer lets nothing through that a page may not print.
        text.innerHTML = await answer.text() || "<p class=soft>There is nothing to show yet.</p>";
      } else {
        text.replaceChildren(make("p", { class: "problem" }, await refusal(answer)));
      }
    } catch (failure) {
      if (failure.name !== "AbortError") text.replaceChildren(make("p", { class: "problem" }, "The site cannot be reached: the preview comes back with it."));
    }
  }

  const word = button("Preview", () => {
    const isShown = word.getAttribute("aria-pressed") === "true";
    word.setAttribute("aria-pressed", String(!isShown));
    frame.classList.toggle("previewing", !isShown);
    if (isShown) {
      panel.remove();
    } else {
      frame.append(panel);
      show();
    }
  }, { "aria-pressed": "false" });
  field.addEventListener("input", () => {
    clearTimeout(timer);
    if (panel.isConnected) timer = setTimeout(show, pause);
  });
  return word;
}
