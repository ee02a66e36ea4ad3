// Hears from the site when what a page shows has changed. While no stream comes through it asks by itself, less often; while nobody sees the
// page it is silent, and hears how things stand as soon as somebody looks again.
const patience = 5000;
const rounds = 10000;
const silence = 40000;

const slow = "What others change is looked for every ten seconds at the moment.";
const silent = "The site does not answer at the moment. It is asked again every ten seconds.";
const out = "What others change is not shown any more, as you are not signed in or may not see this. Open the page again.";

/**
 * @param address Of the stream; whoever does not accept one gets the stamp of the moment.
 * @param hear Gets every stamp, the same ones too.
 * @param say Gets what there is to know about the line, and "" where all is well.
 */
export function follow(address, hear, say) {
  let [stream, timer, mood] = [];

  const askIn = time => {
    clearTimeout(timer);
    timer = setTimeout(ask, time);
  };

  function connect() {
    stream?.close();
    stream = new EventSource(address);
    stream.onmessage = event => {
      mood = "well";
      say("");
      askIn(silence);
      hear(event.data);
    };
    // A stream ends now and then and is there again a second later, which is nothing to speak of.
    stream.onerror = () => {
      if (mood !== "well") return;
      mood = "worried";
      askIn(patience);
    };
  }

  function open() {
    mood = "worried";
    connect();
    askIn(patience);
  }

  function close() {
    stream?.close();
    stream = null;
    clearTimeout(timer);
  }

  async function ask() {
    mood = "broken";
    const asked = stream;
    const answer = await fetch(address, { headers: { Accept: "text/plain" }, signal: AbortSignal.timeout(rounds) }).catch(() => null);
    const stamp = answer?.ok ? await answer.text().catch(() => null) : null;
    if (stream !== asked || mood !== "broken") return;
    if ([401, 403, 404].includes(answer?.status)) {
      close();
      say(out);
      return;
    }
    say(stamp === null ? silent : slow);
    if (stamp !== null) hear(stamp);
    // Where the site refused the browser does not try again, and where the line went dead it does not know.
    if (stream.readyState !== EventSource.CONNECTING) connect();
    askIn(rounds);
  }

  document.addEventListener("visibilitychange", () => document.hidden ? close() : open());
  if (!document.hidden) open();
}
