// The schedule is complete without this file. It adds the reader's own time, what is on now, stars, and printing.
import { starsOf } from "./stars.js";

const main = document.querySelector("main.schedule");
const { zone: venue, key, sync } = main.dataset;
const all = selector => [...main.querySelectorAll(selector)];
const make = (tag, className, text = "") => Object.assign(document.createElement(tag), { className: `${className} added`, textContent: text });
const from = element => Date.parse(element.dataset.starts);
const to = element => Date.parse(element.dataset.ends);
const isOn = (element, now) => from(element) <= now && now < to(element);

// The reader's own time beside the venue's, where their clock shows another. Days stay those of the venue.
const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
// Many things begin at the same time, and spelling one is slow.
const once = spell => {
  const spelled = new Map();
  return { format: time => spelled.get(time) ?? spelled.set(time, spell(time)).get(time) };
};
const written = (zone, parts) => {
  const format = new Intl.DateTimeFormat("en-GB", { timeZone: zone, ...parts });
  return once(time => format.format(time));
};
const clock = zone => written(zone, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const day = zone => written(zone, { weekday: "short", day: "numeric", month: "short" });
const zoneNames = new Intl.DateTimeFormat(undefined, { timeZone: own, timeZoneName: "short" });
const zoneName = once(time => zoneNames.formatToParts(time).find(part => part.type === "timeZoneName").value);
const atVenue = clock(venue), here = clock(own), dayAtVenue = day(venue), dayHere = day(own);
const both = (time, other) => {
  const date = dayHere.format(time) === dayAtVenue.format(time) ? "" : `${dayHere.format(time)}, `;
  return ` ${date}${here.format(time)}${other ? `–${here.format(other)}` : ""} ${zoneName.format(time)}`;
};
const slots = all(".slot");
if (slots.some(slot => here.format(from(slot)) !== atVenue.format(from(slot)))) {
  main.querySelector(".zones").append(make("span", "", `; yours, ${own}, beside them`));
  for (const slot of slots) slot.querySelector("h3").append(make("span", "own", both(from(slot), slot.querySelector(".times") ? 0 : to(slot))));
  for (const times of all(".times")) times.append(make("span", "own", both(from(times.parentElement), to(times.parentElement))));
  for (const item of all("li[data-starts]")) item.querySelector("time").append(make("span", "own", ` ${here.format(from(item))}`));
}

// Stars, here and in the reader's account if they have one.
const stars = starsOf(key, sync, () => { if (bar) { show(); mark(); } });
let onlyMine = false;
const things = all(".cell, .cell li[id]").map(element => ({
  element, cell: element.closest(".cell"), uid: element.dataset.uid ?? element.id, title: element.querySelector("h4, a").textContent.trim(),
}));
const isStarred = thing => stars.has(thing.uid);
for (const thing of things) {
  const star = thing.star = make("button", "star", "Star");
  star.type = "button";
  star.setAttribute("aria-label", `Star ${thing.title}`);
  star.onclick = () => { pin(); stars.toggle(thing.uid); };
  thing.element === thing.cell ? thing.cell.querySelector("h4").after(star) : thing.element.append(star);
}

const bar = main.querySelector(".days");
const mine = make("button", "plain");
const print = make("button", "plain print", "Print");
const now = make("a", "");
const share = make("a", "", "Share");
const none = make("p", "note", "You have starred nothing here yet. Star what you do not want to miss, and it stands here.");
none.setAttribute("role", "status");
mine.type = print.type = "button";
mine.onclick = () => { onlyMine = !onlyMine; unpin(); show(); };
print.onclick = () => window.print();
bar?.prepend(now);
bar?.append(mine, share, print);
bar?.after(none);

function show() {
  const starred = things.filter(isStarred);
  mine.textContent = `My schedule (${starred.length})`;
  mine.setAttribute("aria-pressed", onlyMine);
  none.hidden = !onlyMine || starred.length > 0;
  share.hidden = !onlyMine || starred.length === 0;
  share.href = stars.page();
  for (const glance of all(".glance")) glance.hidden = onlyMine;
  for (const clash of all(".clash")) clash.remove();
  for (const thing of things) thing.star.setAttribute("aria-pressed", isStarred(thing));

  // Who wants all of a session wants its topics too: only what lies in different sessions can be missed.
  const wanted = starred.filter(thing => thing.element === thing.cell || !stars.has(thing.cell.dataset.uid));
  for (const thing of wanted) {
    const others = wanted.filter(other => other.cell !== thing.cell && from(thing.element) < to(other.element) && from(other.element) < to(thing.element));
    if (!others.length) continue;
    const clash = make("p", "clash", `At the same time as ${others.map(other => other.title).join(", ")} in your schedule`);
    thing.element === thing.cell ? thing.star.after(clash) : thing.element.querySelector("div").append(clash);
  }

  const topics = new Set(starred.map(thing => thing.element));
  for (const cell of all(".cell")) {
    const isWhole = !onlyMine || stars.has(cell.dataset.uid);
    for (const item of cell.querySelectorAll("li")) item.hidden = !isWhole && !topics.has(item);
    for (const waiting of cell.querySelectorAll(".waiting")) {
      const count = waiting.querySelectorAll("li:not([hidden])").length;
      waiting.hidden = count === 0;
      waiting.querySelector("summary").textContent = count === 1 ? "1 topic has no time yet" : `${count} topics have no time yet`;
      waiting.open ||= onlyMine && !waiting.hidden;
    }
    cell.hidden = !isWhole && !cell.querySelector("li:not([hidden])");
  }
  for (const slot of slots) slot.hidden = !slot.querySelector(".cell:not([hidden])");
  for (const section of all(".day")) {
    section.hidden = onlyMine && !section.querySelector(".slot:not([hidden])");
    bar.querySelector(`[href="#${section.id}"]`).hidden = section.hidden;
  }
}

// A session stays in the column in which a reader found it, however much longer a star makes one of them. Where each is,
// is asked before the first star, and not while the page loads: days out of sight are not laid out then. Columns are laid
// out anew where the reader has asked for it, or where there is another width.
function pin() {
  if (main.querySelector(".first, .below")) return;
  const lefts = new Map(all(".cell:not([hidden])").map(cell => [cell, cell.getBoundingClientRect().left]));
  for (const rooms of all(".rooms")) {
    const cells = [...rooms.children].filter(cell => lefts.has(cell));
    cells.slice(1).forEach((cell, i) => cell.classList.add(lefts.get(cell) > lefts.get(cells[i]) ? "first" : "below"));
  }
}

function unpin() {
  for (const cell of all(".first, .below")) cell.classList.remove("first", "below");
}

// What is on now, and what is next: looked at again at each full minute, and when the reader comes back.
const soon = 12 * 60 * 60 * 1000;
function mark() {
  const time = Date.now();
  for (const old of all(".mark, .line")) old.remove();
  const seen = slots.filter(slot => !slot.hidden);
  const on = seen.filter(slot => isOn(slot, time));
  const next = Math.min(...seen.map(from).filter(start => start > time && start - time < soon));
  for (const slot of seen) {
    const isNow = on.includes(slot);
    if (!isNow && from(slot) !== next) continue;
    slot.querySelector("h3").append(make("span", "now mark", isNow ? ` now, ${atVenue.format(time)}` : " next"));
    if (isNow) {
      const line = make("div", "line");
      // As far down the topic that is on as its time has passed; down the whole slot where no topic has a time.
      const place = [...slot.querySelectorAll("li[data-starts]")].find(item => isOn(item, time) && item.checkVisibility()) ?? slot;
      const { top, height } = place.getBoundingClientRect();
      line.style.top = `${top - slot.getBoundingClientRect().top + height * (time - from(place)) / (to(place) - from(place))}px`;
      slot.append(line);
    }
  }
  for (const cell of all(".cell").filter(cell => isOn(cell, time))) {
    const items = [...cell.querySelectorAll("li[data-starts]")];
    items.find(item => isOn(item, time))?.querySelector("div").prepend(make("span", "now mark", "now "));
    items.find(item => from(item) > time)?.querySelector("div").prepend(make("span", "now mark", "next "));
  }
  const target = (on.at(-1) ?? seen.find(slot => from(slot) === next))?.querySelector(".cell:not([hidden])");
  now.hidden = !target;
  now.textContent = on.length ? "Now" : "Next";
  if (target) now.href = `#${target.id}`;
}

// What the worker answers without a network is a copy, and says so.
const { copied } = document.documentElement.dataset;
const copy = copied && make("p", "note");
if (copy) {
  copy.setAttribute("role", "status");
  main.querySelector("h1").after(copy);
}
function age() {
  const minutes = Math.round((Date.now() - Date.parse(copied)) / 60000);
  const [count, unit] = minutes < 90 ? [minutes, "minute"] : minutes < 2880 ? [Math.round(minutes / 60), "hour"] : [Math.round(minutes / 1440), "day"];
  copy.textContent = `There is no network. This is the copy that your browser took ${new Intl.RelativeTimeFormat("en").format(-count, unit)}.`;
}

let timer;
function tick() {
  mark();
  if (copy) age();
  clearTimeout(timer);
  timer = setTimeout(tick, 60000 - Date.now() % 60000);
}

if (bar) {
  show();
  tick();
  navigator.serviceWorker?.register("/schedule-worker.js", { scope: key }).catch(() => { /* Then the schedule is read with a network alone. */ });
  mine.addEventListener("click", mark);
  addEventListener("resize", () => { unpin(); mark(); });
  document.addEventListener("visibilitychange", () => { if (!document.hidden) tick(); });
}
