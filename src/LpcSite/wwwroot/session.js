// What makes arranging a session comfortable. Without it every button submits the form, and the page comes back with the times worked out.
import { follow } from "./changes.js";
import { drag } from "./dragging.js";

const page = document.querySelector("main.arranging");
const told = Object.assign(document.createElement("p"), { className: "told" });
told.setAttribute("role", "status");
page.classList.add("scripted");
const form = () => page.querySelector("form[data-session]");
form()?.before(told);
const saved = form()?.dataset.unsaved === "true" ? null : written();
times();
drag(page, put);

// A button asks the server, which knows the rules, and what it answers takes the place of the form: the reader stays where they were.
let isAsking = false;
async function ask(button) {
  const form = button.form;
  const [verb, , number] = button.value.split(" ");
  const title = button.closest("[data-title]")?.dataset.title;
  isAsking = true;
  try {
    const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form, button)) });
    const next = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = next.querySelector("form[data-session]");
    if (!fresh) throw new Error("No form came back.");
    const focus = fresh.querySelector("[autofocus]");
    focus?.removeAttribute("autofocus");
    const problems = [...next.querySelectorAll("main .prose > .problem li")].map(li => li.textContent);
    form.replaceWith(document.adoptNode(fresh));
    times();
    (focus ?? goOn(fresh, button, verb, Number(number)))?.focus();
    remind();
    told.textContent = problems.join(" ") || (verb === "fit" ? fitted(fresh) : sentence(verb, title, focus));
    told.classList.toggle("problem", problems.length > 0);
  } catch {
    // Whatever is wrong, the plain form says it better.
    form.requestSubmit(button);
  } finally {
    isAsking = false;
  }
}

function goOn(form, button, verb, number) {
  const rows = form.querySelectorAll("[data-row]");
  const near = verb === "remove" ? rows[Math.min(number, rows.length - 1)]?.querySelector("button[value^=remove]") : null;
  return near ?? form.querySelector(`button[value="${button.value}"]`) ?? form.querySelector(`button[value^="${verb} "]`);
}

// What is dropped goes the way of a button that no page has.
function put(wish, title) {
  if (isAsking) return;
  const button = Object.assign(document.createElement("button"), { name: "change", value: wish, hidden: true });
  const holder = Object.assign(document.createElement("span"), { hidden: true });
  holder.dataset.title = title;
  holder.append(button);
  form().append(holder);
  ask(button);
}

function written() {
  return form() ? new URLSearchParams([...new FormData(form())].filter(([name]) => name.startsWith("Input."))).toString() : "";
}

// A page that comes back from a button or with a problem is not what is saved.
const isUnsaved = () => form() !== null && written() !== saved;

function remind() {
  form().querySelector(".saving strong").hidden = !isUnsaved();
}

// Many topics fit only by becoming short, which should not be found out in the room.
function fitted(form) {
  const minutes = [...form.querySelectorAll("[data-row]:has([name$='.Topic']) [name$='.Minutes']")].map(input => Number(input.value));
  return minutes.length === 0 ? "Not saved yet." : `${minutes.length === 1 ? "One topic has its time" : `${minutes.length} topics have their times`}, the shortest ${Math.min(...minutes)} minutes. Not saved yet.`;
}

function sentence(verb, title, focus) {
  const row = focus?.closest("[data-title]");
  const at = row ? `, ${row.querySelector(".times")?.textContent.trim()}` : "";
  const done = { up: "moved up", down: "moved down", before: "moved", after: "moved", remove: "taken out", take: "added", break: "added", item: "added", close: "closed up" }[verb];
  return done ? `“${row?.dataset.title ?? title ?? "The gaps"}” ${done}${at}. Not saved yet.` : "Not saved yet.";
}

page.addEventListener("click", event => {
  const button = event.target.closest("form[data-session] button[name=change]");
  if (!button || isAsking) return;
  event.preventDefault();
  ask(button);
});

page.addEventListener("keydown", event => {
  const verb = event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey && { ArrowUp: "up", ArrowDown: "down" }[event.key];
  const button = verb && event.target.closest("[data-row]")?.querySelector(`button[value^="${verb} "]`);
  if (!button) return;
  event.preventDefault();
  if (!isAsking) ask(button);
});

page.addEventListener("input", event => {
  if (!event.target.closest("form[data-session]")) return;
  times();
  remind();
});

// What another lead saved or the organizers moved is said, and nothing that is typed is touched. Whether it is so is asked once more, as
// this page may be about to be replaced by what it has saved itself.
let isLeaving = false;
// A link followed by mistake, or publishing what was saved before, does not cost an afternoon's order.
let isMeant = false;
page.addEventListener("submit", event => {
  isLeaving = true;
  isMeant = event.target === form();
});
page.addEventListener("click", event => { if (event.target.closest(".saving a")) isMeant = true; });
addEventListener("pageshow", () => { isLeaving = isMeant = false; });
addEventListener("beforeunload", event => {
  if (isMeant || !isUnsaved()) return;
  event.preventDefault();
  isLeaving = false;
});
const changes = `${location.pathname}/changes`;
const status = Object.assign(document.createElement("p"), { className: "unseen" });
status.setAttribute("role", "status");
document.body.append(status);

async function hear(stamp) {
  const note = page.querySelector(".stale");
  if (stamp === page.dataset.stamp) note?.remove();
  if (stamp === page.dataset.stamp || note) return;
  const answer = await fetch(changes, { headers: { Accept: "text/plain" } }).catch(() => null);
  if (!answer?.ok || await answer.text() === page.dataset.stamp || isLeaving || page.querySelector(".stale")) return;
  const fresh = Object.assign(document.createElement("p"), { className: "note stale", textContent: "Somebody else has changed this session meanwhile. " });
  fresh.append(Object.assign(document.createElement("a"), { href: location.pathname, textContent: "Show it" }));
  page.append(fresh);
  status.textContent = fresh.textContent;
}

const line = Object.assign(document.createElement("p"), { className: "soft line" });
page.append(line);
follow(changes, hear, words => { line.textContent = words; });

// The same sum as the server's, for what is typed: each row begins when the one above it is over.
function times() {
  for (const section of page.querySelectorAll("section[data-starts]")) {
    const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: section.dataset.zone });
    const start = Date.parse(section.dataset.starts);
    const at = minutes => new Date(start + minutes * 60000);
    const minutes = Number(section.dataset.minutes);
    let [end, used, coffee, gaps] = [0, 0, 0, 0];
    for (const row of section.querySelectorAll("[data-row]")) {
      const field = name => row.querySelector(`[name$=".${name}"]`)?.value ?? "";
      const length = Number(field("Minutes")) || 0;
      const notBefore = after(clock.format(at(0)), field("NotBefore"), minutes);
      const begins = Math.max(notBefore ?? end + (Number(field("Gap")) || 0), end);
      gaps += begins - end;
      end = begins + length;
      if (field("IsBreak") === "true") coffee += length;
      else used += length;
      row.classList.toggle("over", end > minutes);
      row.querySelectorAll(".times time").forEach((time, i) => {
        const instant = at(i === 0 ? begins : end);
        time.textContent = clock.format(instant);
        time.dateTime = instant.toISOString().replace(".000", "");
      });
    }
    fill(section, used, Math.max(1, minutes - coffee), [[coffee, "more are breaks"], [gaps, "stay free in between"], [minutes - end, "are left at the end"], [end - minutes, "too many"]]);
    section.querySelector("strong").classList.toggle("problem", end > minutes);
  }
}

function fill(section, used, content, rest) {
  const width = Math.max(content, used);
  const bar = section.querySelector(".minutes");
  bar.setAttribute("viewBox", `0 0 ${width} 10`);
  bar.setAttribute("aria-label", `${used} of ${content} minutes`);
  bar.querySelector(".free").setAttribute("width", width);
  bar.querySelector(".listed").setAttribute("width", Math.min(used, content));
  bar.querySelector(".over").setAttribute("x", content);
  bar.querySelector(".over").setAttribute("width", width - content);
  section.querySelector("strong").textContent = `${used} of ${content} minutes`;
  section.querySelector(".rest").textContent = `are filled${rest.filter(([count]) => count > 0).map(([count, words]) => `, ${count} ${words}`).join("")}.`;
}

/** Minutes from one time of the clock to another; null for what is not within the session. */
function after(from, to, longest) {
  const [minutes, start] = [to, from].map(time => /^\d{1,2}:\d{2}/.test(time) ? time.split(":").slice(0, 2).reduce((h, m) => Number(h) * 60 + Number(m)) : null);
  if (minutes === null) return null;
  const passed = (minutes - start + 1440) % 1440;
  return passed < longest ? passed : null;
}
