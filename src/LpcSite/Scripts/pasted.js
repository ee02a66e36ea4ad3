// After formatted text was pasted, offers to turn it into Markdown. It goes in as plain text first: nothing changes unasked.
import { EditorView } from "@codemirror/view";
import { button, make } from "./elements.js";
import { bullets, toMarkdown } from "./html-to-markdown.js";

/** The extension of an editor that watches what is pasted; its offer is shown in the frame. */
export function offerMarkdown(frame) {
  let offer;

  function withdraw() {
    offer?.element.remove();
    offer = undefined;
  }

  function turn(view) {
    const { from, to, markdown } = offer;
    withdraw();
    view.dispatch({ changes: { from, to, insert: markdown }, selection: { anchor: from + markdown.length }, scrollIntoView: true, userEvent: "input.paste" });
    view.focus();
  }

  function propose(view, from, plain, markdown) {
    withdraw();
    const keep = () => {
      withdraw();
      view.focus();
    };
    // Announced when the words arrive in a status that is already there.
    const words = make("span", { role: "status" });
    const element = make("p", { class: "pasted" }, words, " ", button("Turn into Markdown", () => turn(view)), " ", button("Leave as it is", keep));
    offer = { from, to: from + plain.length, markdown, element };
    frame.append(element);
    words.textContent = "Pasted as text.";
  }

  return [
    EditorView.domEventHandlers({
      paste(event, view) {
        const html = event.clipboardData?.getData("text/html") ?? "";
        const plain = (event.clipboardData?.getData("text/plain") ?? "").replace(/\r\n?/g, "\n");
        const { main, ranges } = view.state.selection;
        withdraw();
        const markdown = html ? toMarkdown(html) : bullets(plain);
        if (plain && ranges.length === 1 && markdown && markdown.trim() !== plain.trim()) {
          // The editor puts the text in once this handler has returned.
          queueMicrotask(() => setTimeout(() => {
            if (view.state.sliceDoc(main.from, main.from + plain.length) === plain) propose(view, main.from, plain, markdown);
          }));
        }
        return false;
      },
    }),
    EditorView.updateListener.of(update => {
      if (!update.docChanged || !offer) return;
      // What was written into the pasted text since would be lost.
      if (update.changes.touchesRange(offer.from, offer.to)) {
        const isOutside = !changesInside(update.changes, offer);
        if (!isOutside) return void withdraw();
      }
      offer.from = update.changes.mapPos(offer.from, 1);
      offer.to = update.changes.mapPos(offer.to, -1);
    }),
  ];
}

function changesInside(changes, { from, to }) {
  let inside = false;
  changes.iterChangedRanges((start, end) => inside ||= start < to && end > from);
  return inside;
}
