// The board works without this file. It sends the same forms without leaving the page, takes cards by mouse to where the buttons would put
// them, lets arrow keys walk from cell to cell, and looks whether somebody else has changed the board.

const status = document.createElement("p");
status.className = "unseen";
status.setAttribute("role", "status");
document.body.append(status);
const say = words => { status.textContent = ""; requestAnimationFrame(() => { status.textContent = words; }); };

const board = () => document.querySelector("main.board");
const path = location.pathname;
const parse = async answer => new DOMParser().parseFromString(await answer.text(), "text/html");

function show(page, address) {
  const next = page.querySelector("main.board");
  if (!next) return location.assign(address);
  const opened = [...board().querySelectorAll(".add[open]")].length > 0;
  document.querySelector(".saying")?.remove();
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
    const mine = body.get("Input.Slot");
    show(await parse(answer), path);
    history.replaceState(null, "", path);
    board().querySelector(`#slot-${CSS.escape(mine ?? "")} :is(a, button)`)?.focus({ preventScroll: true });
  } catch {
    say("The site did not answer. Nothing is known to have changed; open the board again.");
  } finally {
    busy = false;
  }
}

async function open(address) {
  const page = await parse(await fetch(address));
  show(page, address);
  history.replaceState(null, "", address);
  (board().querySelector("td button[form=choose]") ?? board().querySelector("#chosen + p a"))?.focus({ preventScroll: true });
  const places = board().querySelectorAll("td button[form=choose]").length;
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

// Dragging asks the server where the card may go, as the link does, and presses the button that stands there.
let dragged = null;
const cellAt = event => dragged ? event.target.closest?.("main.board td[data-cell]") : null;
const unmark = () => board().querySelectorAll(".over").forEach(cell => cell.classList.remove("over"));

function equip() {
  for (const card of board().querySelectorAll("[data-choose]")) {
    card.draggable = true;
    // Links are dragged by browsers on their own.
    card.querySelectorAll("a").forEach(link => { link.draggable = false; });
  }
  board().querySelectorAll("td[data-cell]").forEach(cell => { cell.tabIndex = -1; });
}

document.addEventListener("dragstart", event => {
  dragged = event.target.closest?.("main.board [data-choose]") ?? null;
  event.dataTransfer?.setData("text/plain", dragged?.querySelector(".what")?.textContent.trim() ?? "");
});
document.addEventListener("dragend", () => { dragged = null; unmark(); });
document.addEventListener("dragover", event => {
  const cell = cellAt(event);
  if (!cell) return;
  event.preventDefault();
  if (cell.classList.contains("over")) return;
  unmark();
  cell.classList.add("over");
});
document.addEventListener("drop", async event => {
  const cell = cellAt(event);
  if (!cell) return;
  event.preventDefault();
  const box = cell.getBoundingClientRect();
  const isLower = event.clientY > box.top + box.height / 2;
  const address = dragged.dataset.choose;
  const name = cell.dataset.cell;
  dragged = null;
  unmark();
  await open(address);
  const buttons = [...(board().querySelector(`td[data-cell="${CSS.escape(name)}"]`)?.querySelectorAll("button[form=choose]") ?? [])];
  const button = isLower ? buttons.at(-1) : buttons[0];
  if (button) send(document.getElementById("choose"), button);
  else say("There is no place for it. Choose one of the places that are offered, or leave it where it was.");
});

document.addEventListener("keydown", event => {
  const step = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key];
  const cell = event.target.closest?.("main.board td[data-cell]");
  if (!step || !cell || event.target.matches("input, select, textarea") || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  const rows = [...board().querySelectorAll("tbody tr")];
  const next = rows[rows.indexOf(cell.parentElement) + step[0]]?.cells[cell.cellIndex + step[1]];
  if (!next?.matches("[data-cell]")) return;
  event.preventDefault();
  (next.querySelector("button, a, summary") ?? next).focus();
});

// What others did is shown at once, unless something is just being chosen or typed; then it waits for a button.
const isIdle = () => !busy && !dragged && !board().querySelector("#chosen, details[open]") && !board().contains(document.activeElement);
async function look() {
  if (document.hidden || busy || !board()) return;
  const known = board().dataset.newest;
  const answer = await fetch(`${path}?handler=Newest`).catch(() => null);
  if (!answer?.ok || answer.redirected || await answer.text() === known) return;
  // What this window did itself while it asked is shown already.
  const isOthers = () => !busy && board()?.dataset.newest === known;
  if (!isOthers()) return;
  if (isIdle()) {
    const page = await parse(await fetch(path));
    if (!isOthers() || !isIdle()) return;
    show(page, path);
    say("Somebody else has changed the board.");
  } else if (!board().querySelector(".stale")) {
    const note = document.createElement("p");
    note.className = "note stale";
    note.textContent = "Somebody else has changed the board meanwhile. ";
    const again = document.createElement("a");
    again.href = path;
    again.textContent = "Show it";
    note.append(again);
    board().append(note);
    say(note.textContent);
  }
}

equip();
setInterval(look, 3000);
