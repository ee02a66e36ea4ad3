// Keeps what is being typed: at once in this browser, and two seconds later on the site. Nothing is ever put back unasked.
import { button, make, refusal, token } from "./elements.js";
import { fieldsOf, isSame, restore } from "./kept-fields.js";

const pause = 2_000;        // after the last keystroke
const patience = 15_000;    // for somebody who never stops typing
const retry = 10_000;
const heartbeat = 20_000;   // well inside the 45 seconds after which nobody counts as editing
const farewell = 60_000;    // bytes: browsers send 64 KB at most for a page that is going

const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", second: "2-digit" });
const day = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });

const timeOf = text => {
  const then = new Date(text);
  return (then.toDateString() === new Date().toDateString() ? clock : day).format(then);
};

export function keep(form) {
  const address = form.dataset.working;
  // On a shared computer nobody is offered another's text.
  const person = document.querySelector("header.site nav.mine a")?.textContent ?? "";
  const key = `lpcsite:${address}:${person}`;
  // What is offered waits here while something else is typed, so that both are kept.
  const waiting = `${key}:offered`;
  const line = form.querySelector(".keeping");
  const company = form.querySelector(".others");

  let kept = fieldsOf(form);
  // What the site was given last, whether or not its answer was read.
  let sent = kept;
  let isDirty = false, isSubmitted = false, isSending = false;
  // Until what was kept before is known and decided about, nothing may take its place.
  let isReady = false, isUndecided = false;
  let offered = [], isAside = false;
  let timer, since = 0, lastSign = 0, keystrokes = 0, running;

  const say = words => {
    if (!line) return;
    line.hidden = !words;
    if (line.textContent !== words) line.textContent = words;
  };
  const sayOthers = names => {
    if (!company) return;
    const list = new Intl.ListFormat("en").format(names);
    const words = names.length ? `${list} ${names.length === 1 ? "is" : "are"} editing too.` : "";
    company.hidden = !words;
    if (company.textContent !== words) company.textContent = words;
  };

  const read = (name = key) => {
    try {
      return JSON.parse(localStorage.getItem(name));
    } catch {
      return null;
    }
  };
  const remember = (entry, name = key) => {
    try {
      localStorage.setItem(name, JSON.stringify(entry));
      return true;
    } catch {
      return false; // full, or forbidden: the site still keeps it
    }
  };
  const basedOn = () => Number(form.dataset.basedOn ?? 0);
  const rememberNow = () => remember({ fields: fieldsOf(form), basedOn: basedOn(), at: new Date().toISOString(), isSubmitted });

  const putAside = texts => texts.length
    ? remember(texts.map(({ fields, basedOn, at }) => ({ fields, basedOn, at })), waiting)
    : (localStorage.removeItem(waiting), true);
  // From here on its place is free for what is typed now.
  const isBlocked = () => {
    if (isUndecided && !isAside) isAside = putAside(offered);
    return isUndecided && !isAside;
  };

  async function send(body, isFarewell = false) {
    const text = JSON.stringify(body);
    running = new AbortController();
    const answer = await fetch(address, {
      method: "POST",
      body: text,
      headers: { "Content-Type": "application/json", RequestVerificationToken: token(form) },
      keepalive: isFarewell && new Blob([text]).size < farewell,
      signal: isFarewell ? undefined : running.signal,
    });
    lastSign = Date.now();
    return answer;
  }

  async function save(isFarewell = false) {
    clearTimeout(timer);
    timer = undefined;
    if (!isDirty || !isReady || isSubmitted || isUndecided && !isAside || isSending && !isFarewell) return;
    const fields = fieldsOf(form);
    isDirty = false;
    since = 0;
    const typed = keystrokes;
    if (JSON.stringify(fields) === JSON.stringify(kept)) return;
    isSending = true;
    sent = fields;
    try {
      const answer = await send({ basedOn: basedOn(), fields }, isFarewell);
      if (answer.ok) {
        const { keptAt, others } = await answer.json();
        kept = fields;
        say(`Kept ${clock.format(new Date(keptAt))}.`);
        sayOthers(others);
      } else {
        say(`Kept in this browser only. ${await refusal(answer)}`);
        later(answer.status === 429 || answer.status >= 500);
      }
    } catch (failure) {
      if (failure.name === "AbortError") return;
      say("Offline: kept in this browser.");
      later(true);
    } finally {
      isSending = false;
      if (keystrokes !== typed) plan();
    }
  }

  function later(isWorthIt) {
    isDirty = true;
    clearTimeout(timer);
    timer = isWorthIt ? setTimeout(save, retry) : undefined;
  }

  function keepSoon() {
    if (!rememberNow() && line?.hidden !== false) say("This browser keeps nothing; the site does in a moment.");
    plan();
  }

  function plan() {
    since ||= Date.now();
    clearTimeout(timer);
    timer = setTimeout(save, Math.max(0, Math.min(pause, since + patience - Date.now())));
  }

  async function showPresence() {
    if (document.visibilityState !== "visible" || isSubmitted || isSending || Date.now() - lastSign < heartbeat - 1_000) return;
    try {
      const answer = await send({ basedOn: basedOn() });
      if (answer.ok) sayOthers((await answer.json()).others);
    } catch {
      sayOthers([]);
    }
  }

  form.addEventListener("input", () => {
    if (isBlocked()) {
      say("This browser has no room for both texts. Restore or discard the unsaved text above first.");
      return;
    }
    isSubmitted = false;
    isDirty = true;
    keystrokes++;
    if (isReady) keepSoon();
  });
  // By now every other listener had its chance to stop the submission.
  addEventListener("submit", event => {
    if (event.target !== form || event.defaultPrevented) return;
    isSubmitted = true;
    clearTimeout(timer);
    running?.abort();
    const entry = read();
    if (entry && !(isUndecided && !isAside)) remember({ ...entry, isSubmitted: true, sent });
  });
  addEventListener("pageshow", event => {
    if (!event.persisted) return;
    isSubmitted = false;
    showPresence();
  });
  addEventListener("pagehide", () => save(true));
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" ? save(true) : showPresence());
  addEventListener("online", () => save());

  function offer(texts) {
    const [candidate, ...rest] = texts;
    offered = texts;
    isUndecided = Boolean(candidate);
    if (isAside) putAside(texts);
    if (!candidate) {
      isAside = false;
      say("");
      if (isDirty) keepSoon();
      return;
    }
    const words = make("p", { role: "status" });
    const decide = next => {
      bar.remove();
      next();
    };
    const bar = make("section", { class: "unsaved note", "aria-label": "Unsaved text" }, words, make("div", { class: "actions" },
      button("Restore", () => decide(() => {
        // What was typed meanwhile is offered in its turn.
        const typed = isAside ? [{ fields: fieldsOf(form), basedOn: basedOn(), at: new Date().toISOString(), drop: () => {} }] : [];
        isUndecided = false;
        restore(form, candidate.fields);
        form.dataset.basedOn = candidate.basedOn;
        form.dispatchEvent(new Event("input", { bubbles: true }));
        say("Restored. Nothing is saved until you save it.");
        if (isAside) offer([...typed, ...rest]);
      })),
      button("Throw away", () => decide(async () => {
        // Put aside, it is nowhere else: its place is taken by what was typed since.
        if (!isAside) await candidate.drop();
        offer(rest);
      }))));
    form.prepend(bar);
    const isOlder = candidate.basedOn < basedOn() ? " Somebody has saved a newer revision since." : "";
    words.textContent = `You have unsaved text from ${timeOf(candidate.at)}.${isOlder}`;
  }

  async function begin() {
    const page = fieldsOf(form);
    const local = read();
    let answer;
    try {
      answer = await fetch(address, { headers: { Accept: "application/json" }, signal: AbortSignal.timeout(5_000) });
    } catch {
      say("Offline: what you type is kept in this browser.");
    }
    const server = answer?.status === 200 ? await answer.json() : null;
    sayOthers(server?.others ?? []);
    // A row on the site goes when the form is saved: so what was submitted was also saved.
    const isSaved = local?.isSubmitted && answer?.status === 204;
    if (isSaved) localStorage.removeItem(key);
    isReady = true;
    const aside = (read(waiting) ?? []).filter(text => !isSame(form, text.fields, page)).map(text => ({ ...text, drop: () => dropAside(text) }));
    offer([...candidates(page, isSaved ? null : local, server, Boolean(answer)), ...aside]);
    await showPresence();
  }

  const dropAside = text => putAside((read(waiting) ?? []).filter(other => other.at !== text.at));

  const forget = () => fetch(address, { method: "DELETE", headers: { RequestVerificationToken: token(form) } })
    .catch(() => say("Offline: the site still has it."));

  function candidates(page, local, server, isOnline) {
    // Thrown away while the site could not be asked whether it has the same.
    if (local?.isThrownAway) {
      if (isOnline) localStorage.removeItem(key);
      if (server?.fields && isSame(form, local.fields, server.fields)) {
        forget();
        return [];
      }
      local = null;
    }
    // Sent by the form, which the page answers with these fields, merged or refused: they are what is on the screen.
    const isAnswered = form.dataset.answer === "true" && local?.isSubmitted;
    if (isAnswered && server?.fields && [local.fields, local.sent].some(fields => fields && isSame(form, fields, server.fields))) server = null;
    if (isAnswered) local = null;
    const here = local && { ...local, drop: () => isOnline ? localStorage.removeItem(key) : remember({ ...local, isThrownAway: true }) };
    const there = server?.fields && { ...server, at: server.keptAt, drop: forget };
    const both = here && there && isSame(form, here.fields, there.fields)
      ? [{ ...there, drop: () => Promise.all([here.drop(), forget()]) }]
      : [here, there].filter(Boolean);
    return both.filter(candidate => !isSame(form, candidate.fields, page)).sort((a, b) => a.at < b.at ? 1 : -1);
  }

  setInterval(showPresence, heartbeat / 4);
  begin();
}
