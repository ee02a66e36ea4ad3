// What the toolbar's words do to Markdown. Each is a CodeMirror command.
import { EditorSelection } from "@codemirror/state";

const isWord = character => /[\p{L}\p{N}_]/u.test(character);

// Without a selection the word at the cursor is meant.
function wordAt({ doc }, range) {
  if (!range.empty) return range;
  const line = doc.lineAt(range.head);
  let from = range.head, to = range.head;
  while (from > line.from && isWord(doc.sliceString(from - 1, from))) from--;
  while (to < line.to && isWord(doc.sliceString(to, to + 1))) to++;
  return EditorSelection.range(from, to);
}

/** Puts a mark on both sides of what is selected, or takes it away. */
export const around = mark => view => {
  const { state } = view;
  const size = mark.length;
  view.dispatch(state.update(state.changeByRange(range => {
    const { from, to } = wordAt(state, range);
    const text = at => state.doc.sliceString(at, at + size);
    // One star inside two is bold, not italic.
    const isInner = mark === "*" && text(from - 2) === "*" && text(to + 1) === "*" && text(from - 3) !== "*";
    if (from >= size && text(from - size) === mark && text(to) === mark && !isInner) {
      return { changes: [{ from: from - size, to: from }, { from: to, to: to + size }], range: EditorSelection.range(from - size, to - size) };
    }
    return { changes: [{ from, insert: mark }, { from: to, insert: mark }], range: EditorSelection.range(from + size, to + size) };
  }), { scrollIntoView: true, userEvent: "input" }));
  return true;
};

export function link(view) {
  const { state } = view;
  view.dispatch(state.update(state.changeByRange(range => {
    const { from, to } = wordAt(state, range);
    const text = state.doc.sliceString(from, to);
    const isAddress = /^https?:\/\/\S+$/.test(text);
    const insert = isAddress ? `[](${text})` : `[${text}](https://)`;
    // The cursor goes to what is still missing: the words, or the address.
    const next = isAddress || !text ? EditorSelection.cursor(from + 1) : EditorSelection.range(from + text.length + 3, from + insert.length - 1);
    return { changes: { from, to, insert }, range: next };
  }), { scrollIntoView: true, userEvent: "input" }));
  return true;
}

function eachLine(view, rewrite) {
  const { state } = view;
  const lines = new Map();
  for (const { from, to } of state.selection.ranges) {
    for (let at = from; at <= to;) {
      const line = state.doc.lineAt(at);
      lines.set(line.from, line);
      at = line.to + 1;
    }
  }
  const all = [...lines.values()];
  const texts = rewrite(all.map(line => line.text));
  const changes = state.changes(all.map((line, i) => ({ from: line.from, to: line.to, insert: texts[i] })).filter((change, i) => change.insert !== all[i].text));
  const { anchor, head } = state.selection.main;
  const place = at => {
    const i = all.findIndex(line => at >= line.from && at <= line.to);
    const before = all.slice(0, i).reduce((sum, line, j) => sum + texts[j].length - line.text.length, 0);
    // The cursor stays as far from the line's end as it was.
    return Math.max(all[i].from + before, at + before + texts[i].length - all[i].text.length);
  };
  view.dispatch({ changes, selection: EditorSelection.range(place(anchor), place(head)), scrollIntoView: true, userEvent: "input" });
  return true;
}

/** Puts a mark before every selected line, or takes it away where all have it. */
const before = mark => view => eachLine(view, lines => {
  const all = lines.filter(line => line.trim());
  return all.length > 0 && all.every(line => line.startsWith(mark)) ? lines.map(line => line.startsWith(mark) ? line.slice(mark.length) : line)
    : lines.map(line => line.trim() || lines.length === 1 ? mark + line : line);
});

export const list = before("- ");
export const quote = before("> ");

/** Text, heading, smaller heading, text again. */
export const heading = view => eachLine(view, lines => lines.map(line =>
  /^## /.test(line) ? `#${line}` : /^### /.test(line) ? line.slice(4) : `## ${line.replace(/^#+ /, "")}`));

/** One line gets backquotes, several a fence. */
export function code(view) {
  const { state } = view;
  const { from, to } = state.selection.main;
  if (state.doc.lineAt(from).number === state.doc.lineAt(to).number) return around("`")(view);
  return eachLine(view, lines => [`\`\`\`\n${lines[0]}`, ...lines.slice(1, -1), `${lines.at(-1)}\n\`\`\``]);
}

const item = /^(\s*)(?:([-*+])|(\d{1,9})([.)])|(>))(\s+)(\[[ xX]\]\s+)?/;

/** Enter in a list or a quotation goes on with it; in an empty item it ends it. */
export function goOn(view) {
  const { state } = view;
  const { main } = state.selection;
  const line = state.doc.lineAt(main.head);
  const found = item.exec(line.text);
  if (!main.empty || !found || main.head < line.from + found[0].length) return false;
  if (line.text.trim() === found[0].trim()) {
    view.dispatch({ changes: { from: line.from, to: line.to }, selection: { anchor: line.from }, userEvent: "delete" });
    return true;
  }
  const [, indent, bullet, number, stop, angle, space, task] = found;
  const insert = `\n${indent}${bullet ?? angle ?? Number(number) + 1 + stop}${space}${task ? "[ ] " : ""}`;
  view.dispatch({ changes: { from: main.head, insert }, selection: { anchor: main.head + insert.length }, scrollIntoView: true, userEvent: "input" });
  return true;
}
