// The words above the editor. One stop for Tab; the arrow keys go from word to word (WAI-ARIA Authoring Practices, "Toolbar").
import { button, make } from "./elements.js";
import * as formatting from "./formatting.js";
import { linkCheck } from "./links.js";
import { preview } from "./preview.js";

export function toolbar(field, view, frame) {
  const isMac = /Mac|iPhone|iPad/.test(navigator.platform);
  const act = (words, command, key) => button(words, () => {
    command(view);
    view.focus();
  }, key ? { title: `${isMac ? "⌘" : "Ctrl+"}${key}`, "aria-keyshortcuts": `${isMac ? "Meta" : "Control"}+${key}` } : {});
  const words = [
    act("Bold", formatting.around("**"), "B"), act("Italic", formatting.around("*"), "I"), act("Link", formatting.link, "K"),
    act("List", formatting.list), act("Quote", formatting.quote), act("Code", formatting.code), act("Heading", formatting.heading),
    ...field.dataset.preview ? [preview(field, frame), linkCheck(field, frame)] : [],
  ];
  const bar = make("div", { class: "toolbar", role: "toolbar", "aria-label": "Formatting" }, ...words);
  const choose = chosen => words.forEach(word => word.tabIndex = word === chosen ? 0 : -1);
  choose(words[0]);
  bar.addEventListener("focusin", event => words.includes(event.target) && choose(event.target));
  bar.addEventListener("keydown", event => {
    const here = words.indexOf(document.activeElement);
    const next = { ArrowRight: here + 1, ArrowLeft: here - 1, Home: 0, End: words.length - 1 }[event.key];
    if (next === undefined || here < 0) return;
    event.preventDefault();
    words.at(next % words.length).focus();
  });
  return bar;
}
