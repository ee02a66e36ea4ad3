// Reads a calendar with two readers that know nothing of each other, and prints what each of them understood.
import { readFileSync } from "node:fs";
import ICAL from "ical.js";
import nodeIcal from "node-ical";

const text = readFileSync(process.argv[2], "utf8");

const calendar = new ICAL.Component(ICAL.parse(text));
const first = calendar.getAllSubcomponents("vevent").map((component) => {
  const event = new ICAL.Event(component);
  return {
    uid: event.uid,
    title: event.summary,
    place: event.location,
    text: event.description,
    starts: event.startDate.toJSDate().toISOString(),
    ends: event.endDate.toJSDate().toISOString(),
    sequence: event.sequence,
    status: component.getFirstPropertyValue("status"),
    category: component.getFirstPropertyValue("categories"),
    url: component.getFirstPropertyValue("url"),
  };
});

const second = Object.values(nodeIcal.sync.parseICS(text))
  .filter((event) => event.type === "VEVENT")
  .map((event) => ({
    uid: event.uid,
    title: event.summary,
    place: event.location,
    text: event.description,
    starts: event.start.toISOString(),
    ends: event.end.toISOString(),
    sequence: Number(event.sequence),
    status: event.status,
    category: event.categories[0],
    url: event.url,
  }));

console.log(JSON.stringify({ name: calendar.getFirstPropertyValue("x-wr-calname"), first, second }));
