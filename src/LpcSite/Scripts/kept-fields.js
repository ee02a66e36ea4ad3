// The fields of a form as one value: what autosave sends, keeps in the browser and puts back.
import { write } from "./markdown-editor.js";
import { resize } from "./rows.js";

const unkept = new Set(["__RequestVerificationToken", "change"]);

// Half of a surrogate pair, which some programs paste, is no text that JSON or the site could carry.
const wellFormed = text => text.toWellFormed?.() ?? text;

/** Every name with all its values, as the form would send them. */
export function fieldsOf(form) {
  const fields = {};
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string" && !unkept.has(name)) (fields[name] ??= []).push(wellFormed(value).replace(/\r\n?/g, "\n"));
  }
  return fields;
}

/** Whether two hold the same for the person who reads them; the numbers in hidden fields are not theirs. */
export function isSame(form, one, other) {
  const hidden = new Set([...form.querySelectorAll("input[type=hidden]")].map(input => input.name));
  form.querySelectorAll("input[type=checkbox]").forEach(box => hidden.delete(box.name));
  const seen = fields => JSON.stringify(Object.entries(fields).filter(([name]) => !hidden.has(name)).sort(([a], [b]) => a < b ? -1 : 1));
  return seen(one) === seen(other);
}

/** Puts everything back, rows included. */
export function restore(form, fields) {
  // Rows bring lists of their own along.
  const lists = new Set();
  for (let list; (list = [...form.querySelectorAll("[data-list]")].find(other => !lists.has(other))); lists.add(list)) {
    const start = `${list.dataset.list}[`;
    const numbers = Object.keys(fields).filter(name => name.startsWith(start)).map(name => Number.parseInt(name.slice(start.length), 10) + 1);
    resize(list, Math.max(0, ...numbers));
  }
  const taken = new Map();
  for (const field of form.elements) {
    if (!field.name || unkept.has(field.name) || field.type === "file" || field.nodeName === "BUTTON" || field.type === "submit") continue;
    const values = fields[field.name] ?? [];
    if (field.type === "checkbox" || field.type === "radio") {
      field.checked = values.includes(field.value);
    } else if (field.multiple && field.nodeName === "SELECT") {
      for (const option of field.options) option.selected = values.includes(option.value);
    } else if (!(field.type === "hidden" && isBeside(form, field))) {
      const turn = taken.get(field.name) ?? 0;
      taken.set(field.name, turn + 1);
      if (turn < values.length) write(field, values[turn]);
    }
  }
  // What stands beside a name is of whoever was in that row before.
  form.querySelectorAll("[data-chosen]").forEach(about => about.textContent = "");
}

// The hidden "false" that goes with a checkbox of the same name.
const isBeside = (form, field) => [...form.querySelectorAll("input[type=checkbox]")].some(box => box.name === field.name);
