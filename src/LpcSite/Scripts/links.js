// Asks the site whether the links of a text still lead somewhere.
import { button, make, post, refusal } from "./elements.js";

export function linkCheck(field, frame) {
  const found = make("div", { class: "checked", role: "status" });
  const word = button("Check links", async () => {
    if (word.getAttribute("aria-disabled") === "true") return;
    frame.append(found);
    found.replaceChildren(make("p", { class: "soft" }, "Asking every link; this can take half a minute."));
    word.setAttribute("aria-disabled", "true");
    try {
      const answer = await post(field.form, new URL("links", new URL(field.dataset.preview, location.href)), field.value);
      found.replaceChildren(...answer.ok ? list(await answer.json()) : [make("p", { class: "problem" }, await refusal(answer))]);
    } catch {
      found.replaceChildren(make("p", { class: "problem" }, "The site cannot be reached, so the links were not checked."));
    } finally {
      word.removeAttribute("aria-disabled");
      found.append(button("Close", () => {
        found.remove();
        word.focus();
      }));
    }
  });
  return word;
}

function list({ links, leftOut }) {
  if (links.length === 0) return [make("p", {}, "There is no link to another site in this text.")];
  const bad = links.filter(link => !link.answers).length;
  const summary = bad === 0 ? "Every link answers." : bad === 1 ? "One link does not answer as it should." : `${bad} links do not answer as they should.`;
  return [
    make("p", {}, leftOut ? `${summary} ${leftOut} more were not asked.` : summary),
    make("ul", {}, ...links.map(({ url, answers, says }) => make("li", {}, make("span", { class: "url" }, url), " ", make("span", { class: answers ? "soft" : "problem" }, says)))),
  ];
}
