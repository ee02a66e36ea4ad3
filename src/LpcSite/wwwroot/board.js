// The board works without this file. It sends the same forms without leaving the page, takes cards by mouse to where the buttons would put
// them, lets arrow keys walk from cell to cell, and shows what others change.
import { follow } from "./changes.js";

const status = document.createElement("p");
status.className = "unseen";
status.setAttribute("role", "status");
document.body.append(status);
const say = words => { status.textContent = ""; requestAnimationFrame(() => { status.textContent = words; }); };

// What went wrong is seen where the reader is, and not only heard.
function warn(words) {
  board().querySelector(".told")?.remove();
  const note = document.createElement("p");
  note.className = "note told problem";
  note.textContent = words;
  board().append(note);
  say(words);
}

// Who works by keys goes on at what was changed, and sees where that is; under a mouse nothing moves.
let byKeys = false;
document.addEventListener("keydown", () => { byKeys = true; }, true);
document.addEventListener("pointerdown", () => { byKeys = false; }, true);
const goTo = (...places) => places.find(Boolean)?.focus({ preventScroll: !byKeys });
const find = selector => board().querySelector(selector);

const board = () => document.querySelector("main.board");
const path = location.pathname;
const parse = async answer => new DOMParser().parseFromString(await answer.text(), "text/html");

function show(page, address, isMine = true) {
  const next = page.querySelector("main.board");
  if (!next) return location.assign(address);
  const opened = [...board().querySelectorAll(".add[open]")].length > 0;
  if (isMine) document.querySelector(".saying")?.remove();
  board().replaceWith(document.adoptNode(next));
  const said = page.querySelector(".saying");
  if (said) board().before(document.adoptNode(said));
  if (opened) board().querySelector(".add")?.setAttribute("open", "");
  equip();
  const words = board().querySelector("[role=alert]")?.textContent ?? said?.textContent;
  if (words) say(words.trim());
  if (board().querySelector("[role=alert]")) board().querySelector("[role=alert]").scrollIntoView({ block: "nearest" });
}

let busy = false;
async function send(form, button) {
  if (busy) return;
  busy = true;
  try {
    const body = new URLSearchParams(new FormData(form, button));
    const answer = await fetch(button?.hasAttribute("formaction") ? button.formAction : form.action, { method: "POST", body });
    const [mine, step] = [body.get("Input.Slot"), button?.closest(".steps") ? button.formAction : null];
    const known = new Set([...board().querySelectorAll("td .card")].map(card => card.id));
    const slug = find(`#slot-${CSS.escape(mine ?? "")} .what a`)?.getAttribute("href").split("/").at(-1);
    news = "";
    const before = board().dataset.stamp;
    show(await parse(answer), path);
    // What was heard before is old by what was just done here; whatever else comes of it is told next.
    if (heard === before) heard = board().dataset.stamp;
    history.replaceState(null, "", path);
    // The one beside what was refused comes after the one at the top.
    const problem = [...board().querySelectorAll("[role=alert]")].at(-1);
    problem?.setAttribute("tabindex", "-1");
    const steps = [...board().querySelectorAll(".steps button")];
    const isNew = [...board().querySelectorAll("td .card")].find(card => !known.has(card.id));
    goTo(problem, step && (steps.find(b => b.formAction === step) ?? steps[0]), find(`#slot-${CSS.escape(mine ?? "")} :is(a, button)`),
      slug && find(`.waiting a.act[href$="?place=${CSS.escape(slug)}"]`), isNew?.querySelector("a, summary"), steps[0], find(".add > summary"));
  } catch {
    warn("The site did not answer. Nothing is known to have changed; open the board again.");
  } finally {
    busy = false;
    look();
  }
}

async function open(address) {
  const was = new URLSearchParams(location.search);
  try {
    const page = await parse(await fetch(address));
    show(page, address);
  } catch {
    return warn("The site did not answer. Try it again.");
  }
  history.replaceState(null, "", address);
  const place = "td button[form=choose]";
  const day = find("td .card[aria-current]")?.closest("section");
  if (find("#chosen")) goTo(day?.querySelector(place), find(place), find("#chosen + p a"));
  else goTo(find(`#slot-${CSS.escape(was.get("move") ?? "")} a.act`), find(`a.act[href$="?place=${CSS.escape(was.get("place") ?? "")}"]`), find(`td .what a[href$="/mc/${CSS.escape(was.get("place") ?? "")}"]`));
  const places = board().querySelectorAll(place).length;
  if (board().querySelector("#chosen")) say(`${board().querySelector("#chosen").textContent} ${places} places.`);
}

document.addEventListener("submit", event => {
  if (!board()?.contains(event.target)) return;
  event.preventDefault();
  send(event.target, event.submitter);
});

document.addEventListener("click", event => {
  const link = event.target.closest?.("main.board a[data-stay]");
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  open(link.href);
});

// Dragging asks the server where the card may go, as the link does, and presses the button that stands there. What has
// a place is taken out by taking it back to those without one.
let dragged = null;
function targetOf(event) {
  const target = dragged ? event.target.closest?.("main.board :is(td[data-cell], .waiting)") : null;
  return target?.matches(".waiting") && !dragged.closest("td") ? null : target;
}
const unmark = () => board().querySelectorAll(".over").forEach(cell => cell.classList.remove("over"));

function equip() {
  for (const card of board().querySelectorAll("[data-choose]")) {
    card.draggable = true;
    // Links are dragged by browsers on their own.
    card.querySelectorAll("a").forEach(link => { link.draggable = false; });
  }
  board().querySelectorAll("td[data-cell]").forEach(cell => { cell.tabIndex = -1; });
  write();
}

document.addEventListener("dragstart", event => {
  dragged = event.target.closest?.("main.board [data-choose]") ?? null;
  event.dataTransfer?.setData("text/plain", dragged?.querySelector(".what")?.textContent.trim() ?? "");
});
document.addEventListener("dragend", () => { dragged = null; unmark(); look(); });
document.addEventListener("dragover", event => {
  const target = targetOf(event);
  if (target) event.preventDefault();
  if (target?.classList.contains("over")) return;
  unmark();
  target?.classList.add("over");
});
document.addEventListener("dragleave", event => { if (!event.relatedTarget) unmark(); });
document.addEventListener("drop", event => {
  const target = targetOf(event);
  if (!target) return;
  event.preventDefault();
  const card = dragged;
  dragged = null;
  unmark();
  if (target.matches(".waiting")) takeOut(card);
  else if (!target.contains(card)) putInto(target, card, event.clientY);
});

async function putInto(cell, card, y) {
  const box = cell.getBoundingClientRect();
  const isLower = y > box.top + box.height / 2;
  await open(card.dataset.choose);
  const place = find(`td[data-cell="${CSS.escape(cell.dataset.cell)}"]`);
  const buttons = [...(place?.querySelectorAll("button[form=choose]") ?? [])];
  const button = isLower ? buttons.at(-1) : buttons[0];
  if (button) send(document.getElementById("choose"), button);
  else if (find("#chosen")) {
    warn("There is no place for it. Choose one of the places that are offered, or leave it where it was.");
  }
}

function takeOut(card) {
  const button = card.querySelector("button[formaction*='TakeOut']");
  if (card.querySelector(".what a")) {
    if (button) send(button.form, button);
    return;
  }
  warn("Only microconferences wait here for a place. Remove it with the button under “More”.");
}

document.addEventListener("keydown", event => {
  if (event.key === "Escape" && !dragged && find("#chosen") && !event.target.matches("input, select")) return open(path);
  const step = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key];
  const cell = event.target.closest?.("main.board td[data-cell]");
  if (!step || !cell || event.target.matches("input, select, textarea") || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  const rows = [...board().querySelectorAll("tbody tr")];
  const next = rows[rows.indexOf(cell.parentElement) + step[0]]?.cells[cell.cellIndex + step[1]];
  if (!next?.matches("[data-cell]")) return;
  event.preventDefault();
  (next.querySelector("button[form=choose]") ?? next.querySelector("button, a, summary") ?? next).focus();
});

// What others did last, and what there is to know about the line to the site.
let [news, state] = ["", ""];
const write = () => { board().querySelector(".line").textContent = `${news} ${state}`.trim(); };

// What others did is shown at once, unless something is just being chosen, typed or held; then it waits for a link. A stamp that this board
// has not is no more than a reason to look: the page says what is true, and it may be this window's own doing.
let heard = null;
let isLooking = false;
const isIdle = () => !busy && !dragged && !board().querySelector("#chosen, details[open]") && !board().contains(document.activeElement);
async function look() {
  const known = board()?.dataset.stamp;
  if (heard === null || !known || busy || isLooking) return;
  if (heard === known) {
    board().querySelector(".stale")?.remove();
    return;
  }
  if (!isIdle() && board().querySelector(".stale")) return;
  isLooking = true;
  const asked = heard;
  try {
    const answer = await fetch(path);
    const page = await parse(answer);
    const fresh = page.querySelector("main.board");
    if (fresh && !answer.redirected && !busy && board().dataset.stamp === known) {
      if (fresh.dataset.stamp !== known) tell(page, fresh);
      if (heard === asked && (fresh.dataset.stamp === known || isIdle())) heard = fresh.dataset.stamp;
    }
  } catch {
    // Looked for again with the next stamp.
  } finally {
    isLooking = false;
  }
  if (heard !== asked) look();
}

function tell(page, fresh) {
  const isSaid = fresh.dataset.last && fresh.dataset.entry !== board().dataset.entry;
  const what = isSaid ? fresh.dataset.last : "";
  const who = isSaid && fresh.dataset.mine ? "You have changed the board in another window" : "Somebody else has changed the board";
  if (isIdle()) {
    news = what || `${who}.`;
    show(page, path, false);
    say(`${who}. ${what}`);
    return;
  }
  board().querySelector(".stale")?.remove();
  const note = document.createElement("p");
  note.className = "note stale";
  note.textContent = `${who} meanwhile. ${what} `;
  const again = document.createElement("a");
  again.href = path;
  again.textContent = "Show it";
  note.append(again);
  board().append(note);
  say(note.textContent);
}

equip();
follow(`${path}/changes`, stamp => { heard = stamp; look(); }, words => { state = words; write(); });
