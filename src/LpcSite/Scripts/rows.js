// Lists whose rows can be added, removed and moved without asking the server. Without script the same buttons submit the form.
import { button, make } from "./elements.js";

const rowsOf = list => [...list.children].filter(child => child.nodeName === "LI");
// "Input.Topics[2].Speakers" is called "Topics[2].Speakers", and its rows are made like those of any other topic.
const nameOf = list => list.dataset.list.slice(list.dataset.list.indexOf(".") + 1);
const outerOf = list => list.dataset.list.match(/\[(\d+)\]/)?.[1];
const kindOf = list => list.dataset.list.replace(/\[\d+\]/, "[]");
const templateOf = list => [...document.querySelectorAll("template[data-row]")].find(template => template.dataset.row === kindOf(list));

export function enhance(list) {
  const form = list.closest("form");
  const status = make("p", { class: "moved", role: "status" });
  list.after(status);
  rowsOf(list).forEach(row => equip(list, row));
  // Enter in a field must save, not press the first "Up".
  ownButtons(form, list).forEach(own => own.type = "button");
  form.addEventListener("click", event => {
    if (!list.isConnected) return;
    const own = event.target.closest?.("button[name=change]");
    const [verb, name, index] = own?.value.split(" ") ?? [];
    if (name !== nameOf(list)) return;
    const row = rowsOf(list)[index];
    const act = { up: () => move(list, row, -1), down: () => move(list, row, 1), remove: () => remove(list, row), add: () => add(list) }[verb];
    if (!act) return;
    event.preventDefault();
    act();
  });
  list.addEventListener("keydown", event => {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (event.target.closest("[data-list]") !== list) return;
    const row = event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey && step ? rowsOf(list).find(row => row.contains(event.target)) : null;
    if (!row) return;
    event.preventDefault();
    move(list, row, step);
  });
}

/** Adds or takes away rows at the end until there are this many. */
export function resize(list, count) {
  const rows = rowsOf(list);
  rows.slice(count).forEach(row => row.remove());
  for (let i = rows.length; i < count; i++) append(list);
  renumber(list);
}

const ownButtons = (form, list) => [...form.querySelectorAll("button[name=change]")].filter(own => own.value.split(" ")[1] === nameOf(list));

function tell(list, ...words) {
  const status = list.nextElementSibling;
  status.replaceChildren();
  status.append(...words);
}

function changed(list) {
  renumber(list);
  list.dispatchEvent(new Event("input", { bubbles: true }));
}

// The neighbour goes to the other side, and the row itself stays: so the focus in it stays too.
function move(list, row, step) {
  const neighbour = step < 0 ? row.previousElementSibling : row.nextElementSibling;
  if (!neighbour) {
    tell(list, step < 0 ? "It is the first already." : "It is the last already.");
    return;
  }
  if (step < 0) row.after(neighbour);
  else row.before(neighbour);
  row.scrollIntoView({ block: "nearest" });
  changed(list);
  tellPlace(list, row);
}

function tellPlace(list, row) {
  const rows = rowsOf(list);
  tell(list, `Moved to position ${rows.indexOf(row) + 1} of ${rows.length}.`);
}

function remove(list, row) {
  const rows = rowsOf(list);
  const index = rows.indexOf(row);
  row.remove();
  changed(list);
  const back = button("Undo", () => {
    const before = rowsOf(list)[index];
    if (before) before.before(row);
    else list.append(row);
    changed(list);
    tell(list, `Back at position ${index + 1} of ${rowsOf(list).length}.`);
    focusIn(row);
  });
  tell(list, `Removed number ${index + 1}. `, back);
  const next = rowsOf(list)[Math.min(index, rows.length - 2)];
  (next?.querySelector("button[value^='remove ']") ?? ownButtons(list.closest("form"), list).find(own => own.value.startsWith("add ")))?.focus();
}

function add(list) {
  const row = append(list);
  changed(list);
  tell(list, `Added number ${rowsOf(list).length}.`);
  focusIn(row);
}

function append(list) {
  const index = rowsOf(list).length;
  const row = templateOf(list).content.querySelector("li").cloneNode(true);
  for (const element of [row, ...row.querySelectorAll("*")]) {
    for (const { name, value } of [...element.attributes]) {
      if (/__(index|outer)__/.test(value)) element.setAttribute(name, value.replaceAll("__index__", index).replaceAll("__outer__", outerOf(list)));
    }
  }
  list.append(row);
  ownButtons(list.closest("form"), list).forEach(own => own.type = "button");
  equip(list, row);
  row.dispatchEvent(new CustomEvent("row-added", { bubbles: true }));
  return row;
}

const focusIn = row => row.querySelector("input:not([type=hidden]), .cm-content, textarea:not([hidden]), select")?.focus();

const escape = text => text.replace(/[.[\]$^*+?()|{}\\]/g, "\\$&");

// Names, ids and what refers to them hold the row's number; the server reads rows in the order of these numbers.
function renumber(list) {
  const name = list.dataset.list;
  const inName = new RegExp(`^${escape(name)}\\[\\d+\\]`);
  const id = name.replace(/\W/g, "_");
  const inId = new RegExp(`(^|\\s)${id}_\\d+__`, "g");
  const called = nameOf(list);
  const inValue = new RegExp(`^(up|down|remove) ${escape(called)} \\d+$`);
  const inInner = new RegExp(`^(add|up|down|remove) ${escape(called)}\\[\\d+\\]`);
  rowsOf(list).forEach((row, index) => {
    for (const element of [row, ...row.querySelectorAll("*")]) {
      for (const attribute of ["name", "data-valmsg-for", "data-list", "data-row"]) rewrite(element, attribute, inName, `${name}[${index}]`);
      for (const attribute of ["id", "for", "aria-describedby", "aria-labelledby", "aria-controls"]) rewrite(element, attribute, inId, `$1${id}_${index}__`);
      if (element.name !== "change") continue;
      rewrite(element, "value", inValue, `$1 ${called} ${index}`);
      rewrite(element, "value", inInner, `$1 ${called}[${index}]`);
    }
  });
}

function rewrite(element, attribute, pattern, by) {
  const value = element.getAttribute(attribute);
  if (value !== null && value.search(pattern) >= 0) element.setAttribute(attribute, value.replace(pattern, by));
}

// For mouse and finger; the keyboard has the buttons and Alt with the arrow keys, so the handle is nothing to reach or to read out.
function equip(list, row) {
  if (row.querySelector(":scope > .handle") || outerOf(list)) return;
  const handle = make("span", { class: "handle", title: "Drag to another place, or press Alt and an arrow key inside", "aria-hidden": "true" }, "Drag");
  row.prepend(handle);
  handle.addEventListener("pointerdown", event => {
    if (event.button !== 0) return;
    event.preventDefault();
    handle.setPointerCapture(event.pointerId);
    row.classList.add("dragged");
    let hasMoved = false;
    const follow = ({ clientY }) => {
      const before = row.previousElementSibling?.getBoundingClientRect();
      const after = row.nextElementSibling?.getBoundingClientRect();
      if (before && clientY < before.top + before.height / 2) row.after(row.previousElementSibling);
      else if (after && clientY > after.top + after.height / 2) row.before(row.nextElementSibling);
      else return;
      hasMoved = true;
    };
    const end = () => {
      handle.removeEventListener("pointermove", follow);
      row.classList.remove("dragged");
      if (!hasMoved) return;
      changed(list);
      tellPlace(list, row);
    };
    handle.addEventListener("pointermove", follow);
    handle.addEventListener("lostpointercapture", end, { once: true });
  });
}
