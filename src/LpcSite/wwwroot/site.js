// Everything works without this file. It adds the reader's own time beside the venue's, and marks the place in the contents list.

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
const own = new Intl.DateTimeFormat(undefined, { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", timeZoneName: "short" });
for (const time of document.querySelectorAll("time[data-zone]")) {
  if (time.dataset.zone !== zone) {
    const beside = document.createElement("span");
    beside.className = "soft";
    beside.textContent = ` (${own.format(new Date(time.dateTime))} for you)`;
    time.after(beside);
  }
}

const entries = new Map();
for (const link of document.querySelectorAll(".contents a")) {
  const target = document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (target) entries.set(target, link);
}
if (entries.size) {
  const seen = new Set();
  const observer = new IntersectionObserver(changes => {
    for (const { target, isIntersecting } of changes) isIntersecting ? seen.add(target) : seen.delete(target);
    const first = [...entries.keys()].find(target => seen.has(target));
    for (const [target, link] of entries) target === first ? link.setAttribute("aria-current", "true") : link.removeAttribute("aria-current");
  }, { rootMargin: "-48px 0px -70% 0px" });
  for (const target of entries.keys()) observer.observe(target);
}
