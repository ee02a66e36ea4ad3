// A textarea with data-markdown becomes a CodeMirror editor. The textarea stays the form's field and always holds the same text.
import { EditorState } from "@codemirror/state";
import { EditorView, keymap } from "@codemirror/view";
import { history, historyKeymap, standardKeymap, indentMore, indentLess } from "@codemirror/commands";
import { HighlightStyle, Language, defineLanguageFacet, syntaxHighlighting } from "@codemirror/language";
import { GFM, parser } from "@lezer/markdown";
import { tags } from "@lezer/highlight";
import { idOf, make } from "./elements.js";
import * as formatting from "./formatting.js";
import { offerMarkdown } from "./pasted.js";
import { toolbar } from "./toolbar.js";

const views = new WeakMap();

const markdown = new Language(defineLanguageFacet(), parser.configure([GFM]), [], "markdown");

const colours = HighlightStyle.define([
  { tag: tags.heading, fontWeight: "700" },
  { tag: tags.strong, fontWeight: "700" },
  { tag: tags.emphasis, fontStyle: "italic" },
  { tag: tags.strikethrough, textDecoration: "line-through" },
  { tag: [tags.link, tags.url], color: "var(--copper)" },
  { tag: [tags.processingInstruction, tags.contentSeparator, tags.quote], color: "var(--soft)" },
]);

const look = EditorView.theme({
  "&": { color: "var(--ink)", backgroundColor: "var(--paper)" },
  "&.cm-focused": { outline: "3px solid var(--pipe)", outlineOffset: "2px" },
  ".cm-scroller": { fontFamily: "var(--mono)", fontSize: ".95rem", lineHeight: "1.6", minHeight: "inherit", maxHeight: "70vh" },
  ".cm-content": { padding: ".5rem 0", caretColor: "var(--ink)", minHeight: "inherit" },
  ".cm-line": { padding: "0 .7rem" },
});

/** Writes into a field, whether it is an editor or a plain control. */
export function write(field, text) {
  const view = views.get(field);
  if (view) {
    if (view.state.doc.toString() !== text) view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } });
  } else {
    field.value = text;
  }
}

function attributes(field, label, count) {
  const known = ["aria-label", "aria-labelledby", "aria-invalid", "lang", "spellcheck"];
  const carried = Object.fromEntries(known.filter(name => field.hasAttribute(name)).map(name => [name, field.getAttribute(name)]));
  if (label && !carried["aria-label"]) carried["aria-labelledby"] = idOf(label);
  if (field.required) carried["aria-required"] = "true";
  return {
    spellcheck: "true", autocorrect: "on", autocapitalize: "sentences", ...carried,
    "aria-describedby": [field.getAttribute("aria-describedby"), idOf(count)].filter(Boolean).join(" "),
  };
}

// Says the number always, and aloud only when the text comes near to its limit or goes over it.
function counter(field) {
  const limit = Number(field.dataset.limit);
  const number = new Intl.NumberFormat("en");
  const words = make("span");
  const aloud = make("span", { class: "unseen", role: "status" });
  const element = make("p", { class: "count" }, words, aloud);
  let state = "";
  const tell = length => {
    words.textContent = limit ? `${number.format(length)} of ${number.format(limit)} characters` : `${number.format(length)} characters`;
    const now = !limit || length < limit * .9 ? "" : length <= limit ? "near" : "over";
    if (now === "over") words.textContent += `: ${number.format(length - limit)} too many`;
    if (now !== state) {
      element.className = `count ${now}`;
      aloud.textContent = now === "over" ? "The text is too long." : now === "near" ? "The text is close to its limit." : "";
      state = now;
    }
  };
  return { element, tell };
}

/** Without constructed style sheets the textarea stays as it is. */
export const isPossible = "adoptedStyleSheets" in Document.prototype && "replaceSync" in CSSStyleSheet.prototype;

export function enhance(field) {
  if (!isPossible || views.has(field)) return;
  const form = field.form;
  const label = field.labels[0];
  const count = counter(field);
  const area = make("div", { class: "area" });
  const frame = make("div", { class: "writing" }, area);
  const change = update => {
    if (!update.docChanged) return;
    field.value = update.state.doc.toString();
    count.tell(field.value.length);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const view = new EditorView({
    parent: area,
    state: EditorState.create({
      doc: field.value,
      extensions: [
        history(), markdown, syntaxHighlighting(colours), look, EditorView.lineWrapping,
        EditorView.contentAttributes.of(attributes(field, label, count.element)),
        EditorView.updateListener.of(change),
        offerMarkdown(frame),
        // Tab is not here: it leaves the editor, as it leaves every other field.
        keymap.of([
          { key: "Mod-b", run: formatting.around("**") }, { key: "Mod-i", run: formatting.around("*") }, { key: "Mod-k", run: formatting.link },
          { key: "Enter", run: formatting.goOn }, { key: "Mod-]", run: indentMore }, { key: "Mod-[", run: indentLess },
          ...historyKeymap, ...standardKeymap,
        ]),
      ],
    }),
  });
  views.set(field, view);
  // CodeMirror makes all line ends one character, as the form's count does.
  count.tell(view.state.doc.length);
  field.hidden = true;
  field.after(frame);
  area.before(toolbar(field, view, frame));
  area.after(count.element);
  label?.addEventListener("click", event => {
    event.preventDefault();
    view.focus();
  });
  // A field that nobody sees cannot show what the browser misses in it.
  field.addEventListener("invalid", event => {
    event.preventDefault();
    frame.querySelector(".missing")?.remove();
    count.element.before(make("p", { class: "problem missing", role: "alert" }, field.validationMessage));
    view.focus();
  });
  field.addEventListener("input", () => frame.querySelector(".missing")?.remove());
  form?.addEventListener("reset", () => setTimeout(() => write(field, field.value)));
}
