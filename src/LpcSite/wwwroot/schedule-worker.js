// Keeps the last copy of the schedule that anybody may read, for when there is no network. Only the schedule's own address is answered
// from it, and what is kept was fetched without cookies: nothing of whoever is signed in stays here.

const page = new URL(registration.scope).pathname;
const store = `schedule:${page}`;

// The page and what it is made of, together or not at all.
async function keep() {
  const answer = await fetch(page, { credentials: "omit", cache: "no-cache" });
  if (!answer.ok || answer.redirected) return;
  const html = await answer.text();
  const parts = [...html.matchAll(/(?:href|src)="(\/[^"\s]+\.(?:css|js|svg))"/g)].map(match => match[1]);
  const headers = new Headers();
  for (const name of ["content-type", "content-security-policy", "x-content-type-options", "referrer-policy"]) {
    if (answer.headers.has(name)) headers.set(name, answer.headers.get(name));
  }
  const cache = await caches.open(store);
  await cache.addAll(parts);
  await cache.put(page, new Response(html.replace("<html ", `<html data-copied="${new Date().toISOString()}" `), { headers }));
  for (const { url } of await cache.keys()) {
    if (![page, ...parts].includes(new URL(url).pathname)) await cache.delete(url);
  }
}

const kept = async request => (await caches.open(store)).match(request);

addEventListener("install", event => event.waitUntil(keep().then(() => skipWaiting())));
addEventListener("activate", event => event.waitUntil(clients.claim()));
addEventListener("fetch", event => {
  const { method, mode, url } = event.request;
  const { origin, pathname } = new URL(url);
  if (method !== "GET" || origin !== location.origin) return;
  if (mode === "navigate" && pathname === page) {
    event.respondWith(fetch(event.request).then(
      answer => {
        event.waitUntil(keep().catch(() => {}));
        return answer;
      },
      async lost => await kept(page) ?? Promise.reject(lost)));
  } else if (mode !== "navigate" && /\.(css|js|svg)$/.test(pathname)) {
    event.respondWith(fetch(event.request).catch(async lost => await kept(pathname) ?? Promise.reject(lost)));
  }
});
