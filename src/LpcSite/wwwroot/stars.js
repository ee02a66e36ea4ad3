// The stars of one conference in this browser. Without an account they stay here. With one they are those of the account: what was changed
// here, also without a network, is sent when there is one, and the answer is taken over. Whose stars are here, and which of them the account
// had when it was last asked, is kept beside them.

const load = name => {
  try { return JSON.parse(localStorage.getItem(name)); } catch { return null; }
};
const save = (name, value) => {
  try { localStorage.setItem(name, JSON.stringify(value)); } catch { /* They last as long as this page does. */ }
};
const less = (some, others) => [...some].filter(uid => !others.has(uid));

/**
 * @param key Under which they are kept: the path of the schedule.
 * @param sync Where those of the account are; nothing for whoever is not signed in.
 * @param changed Called when there are others than before.
 */
export function starsOf(key, sync, changed) {
  const beside = `${key}#account`;
  const read = () => {
    const kept = load(key);
    return new Set(Array.isArray(kept) ? kept : []);
  };
  let stars = read(), known = load(beside), token, isSending, isWanted;

  function put(uids) {
    stars = new Set(uids);
    save(key, [...stars]);
    changed();
    send();
  }

  function takeOver(answer, now) {
    known = { owner: answer.owner, base: answer.stars };
    save(beside, known);
    stars = now;
    save(key, [...stars]);
    changed();
  }

  async function exchange() {
    let answer;
    if (!token) {
      const response = await fetch(sync, { cache: "no-store" });
      if (!response.ok) return;
      answer = await response.json();
      token = answer.token;
      known = load(beside) ?? known;
      // Somebody else was signed in here before: their stars are theirs.
      if (known && known.owner !== answer.owner) return takeOver(answer, new Set(answer.stars));
    }
    const base = new Set(known?.base), sent = new Set(stars);
    const add = less(sent, base), remove = less(base, sent);
    if (add.length + remove.length) {
      const response = await fetch(sync, {
        method: "POST", headers: { "Content-Type": "application/json", RequestVerificationToken: token }, body: JSON.stringify({ add, remove }),
      });
      if (!response.ok) return token = undefined;
      answer = await response.json();
    }
    if (!answer) return;
    // What was starred and unstarred while it was under way is still to be sent.
    const now = new Set(answer.stars), added = less(stars, sent), gone = less(sent, stars);
    for (const uid of added) now.add(uid);
    for (const uid of gone) now.delete(uid);
    isWanted ||= added.length + gone.length > 0;
    takeOver(answer, now);
  }

  async function send() {
    isWanted = true;
    if (!sync || isSending) return;
    isSending = true;
    try {
      while (isWanted) {
        isWanted = false;
        await exchange();
      }
    } catch { /* Without a network it is done later. */ }
    isSending = false;
  }

  function askAgain() {
    token = undefined;
    send();
  }

  addEventListener("storage", () => {
    [stars, known] = [read(), load(beside) ?? known];
    changed();
  });
  addEventListener("online", askAgain);
  document.addEventListener("visibilitychange", () => { if (!document.hidden) askAgain(); });
  send();

  return {
    has: uid => stars.has(uid),
    all: () => [...stars],
    add: uids => put([...stars, ...uids]),
    toggle: uid => put(stars.has(uid) ? less(stars, new Set([uid])) : [...stars, uid]),
    /** Where they stand as a page of their own. */
    page: () => `${key.replace(/schedule$/, "stars")}?of=${[...stars].join(".")}`,
  };
}
