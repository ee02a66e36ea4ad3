// Rows and topics of a session by mouse: a row is taken by its time, a topic without one by its title, and dropped before or after another row.

/** @param put Gets what is wished for, in the words of the buttons, and the title of what was dropped. */
export function drag(page, put) {
  let dragged = null;
  const rowAt = event => dragged ? event.target.closest?.("[data-row]") : null;
  const side = (event, row) => event.clientY < row.getBoundingClientRect().top + row.offsetHeight / 2 ? "before" : "after";
  const unmark = () => page.querySelectorAll(".before, .after").forEach(row => row.classList.remove("before", "after"));

  // The fields keep the mouse for themselves: what is typed is selected with it.
  page.addEventListener("pointerdown", event => {
    const grip = event.target.closest("[data-row] .times, [data-topic] > span");
    if (grip) grip.closest("li").draggable = true;
  });
  addEventListener("pointerup", () => page.querySelectorAll("[draggable]").forEach(row => row.removeAttribute("draggable")));

  page.addEventListener("dragstart", event => {
    dragged = event.target.closest("[data-row][draggable], [data-topic][draggable]");
    if (!dragged) return;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", title(dragged));
    event.dataTransfer.setDragImage(dragged, 20, 20);
    dragged.classList.add("dragged");
  });
  document.addEventListener("dragover", event => {
    unmark();
    const row = rowAt(event);
    if (!row || row === dragged) return;
    event.preventDefault();
    row.classList.add(side(event, row));
  });
  document.addEventListener("dragleave", event => { if (!event.relatedTarget) unmark(); });
  page.addEventListener("drop", event => {
    const row = rowAt(event);
    unmark();
    if (!row || row === dragged) return;
    event.preventDefault();
    const where = side(event, row);
    const { topic, row: number } = dragged.dataset;
    const slot = row.closest("[data-slot]").dataset.slot;
    put(topic ? `take ${topic} ${slot} ${where} ${row.dataset.row}` : `${where} Rows ${number} ${row.dataset.row}`, title(dragged));
  });
  page.addEventListener("dragend", () => {
    unmark();
    dragged?.classList.remove("dragged");
    dragged?.removeAttribute("draggable");
    dragged = null;
  });
}

const title = dragged => dragged.dataset.title ?? dragged.querySelector("a").textContent;
