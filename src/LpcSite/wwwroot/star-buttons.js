// Stars on the pages of microconferences and topics, and the way from a page of stars into this browser.
import { starsOf } from "./stars.js";

const place = document.querySelector(".starring");
const { key, sync, uid, title, keep } = place.dataset;
const buttons = [];
const stars = starsOf(key, sync, show);
const mine = place.querySelector("a") ?? document.createElement("a");
if (place.hidden) place.classList.add("added");

function button(uid, title) {
  const star = Object.assign(document.createElement("button"), { type: "button", className: "star added", textContent: "Star" });
  star.setAttribute("aria-label", `Star ${title}`);
  star.addEventListener("click", () => stars.toggle(uid));
  buttons.push([uid, star]);
  return star;
}

function show() {
  for (const [uid, star] of buttons) star.setAttribute("aria-pressed", stars.has(uid));
  mine.textContent = `My schedule (${stars.all().length})`;
  mine.href = sync ? sync.replace(/\.json$/, "") : stars.page();
  mine.hidden = !sync && stars.all().length === 0;
}

if (keep) {
  const kept = Object.assign(document.createElement("button"), { type: "button", className: "plain", textContent: "Keep these in this browser" });
  kept.addEventListener("click", () => {
    stars.add(keep.split("."));
    const told = Object.assign(document.createElement("span"), { textContent: "They are among your stars in this browser now. " });
    told.setAttribute("role", "status");
    kept.replaceWith(told);
    mine.hidden = false;
  });
  place.append(kept, " ", mine);
} else {
  place.prepend(button(uid, title), " ");
  place.append(mine);
  for (const link of document.querySelectorAll(".topics a.quiet")) {
    const number = /\/topics\/(\d+)/.exec(link.pathname)?.[1];
    if (!number || buttons.some(([uid]) => uid === `topic-${number}`)) continue;
    const minutes = link.nextElementSibling;
    (minutes?.matches(".soft") ? minutes : link).after(" ", button(`topic-${number}`, link.textContent));
  }
}
place.hidden = false;
show();
