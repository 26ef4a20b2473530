// The whole state of the page, kept in the address: a reload, a link or "back" shows the same again.

let state = addressed();

const watchers = [];

// Calls the listener when any of these parts of the state has changed.
const watch = (keys, listener) => watchers.push({ keys, listener, last: undefined });

const tell = (wish = {}) => {
  for (const one of watchers) {
    const now = JSON.stringify(one.keys.map((key) => state[key]));
    if (now === one.last) continue;
    one.last = now;
    one.listener(wish);
  }
};

const PAUSE = 100; // milliseconds; a browser takes no more than some 200 addresses in ten seconds

let late = 0; // the timer of an address still to be written
let wrote = -Infinity;

const write = (way) => {
  clearTimeout(late);
  late = 0;
  if (written(parse(location.hash)) === written(state)) return;
  if (way === "replaceState") wrote = performance.now();
  history[way](null, "", written(state) || location.pathname + location.search);
};
const writeSoon = () => {
  const wait = wrote + PAUSE - performance.now();
  if (wait <= 0) write("replaceState");
  else late ||= setTimeout(write, wait, "replaceState");
};

// `quietly`: no new step for "back". Of `wish`, `centre` moves the graph there, `read` gives the card the keyboard,
// `stay` leaves the page where it is scrolled.
const change = (patch, { quietly: silent = false, ...wish } = {}) => {
  if (!silent && late) write("replaceState");
  state = { ...state, ...patch };
  if (silent) writeSoon();
  else write("pushState");
  tell(wish);
};
window.addEventListener("pagehide", () => late && write("replaceState"));

const NOTHING = { node: "", statement: "", sentence: "" };

// The documents that speak of a choice.
const documentsOf = (kind, id) =>
  kind === "sentence"
    ? [sentences.get(id).document]
    : (kind === "node" ? statementsOf.get(id) : [statements.get(id)]).flatMap((one) => one.evidence.map((reading) => reading.document));

// The document shown stays if it speaks of the choice, else one comes that does.
const choose = (kind, id, wish) => {
  const [first, ...rest] = kind ? documentsOf(kind, id) : [];
  const doc = !first || [first, ...rest].includes(state.doc) ? state.doc : first;
  change({ ...NOTHING, doc, ...(kind ? { [kind]: id } : {}) }, wish);
};

const chosen = () => {
  const kind = Object.keys(CHOICES).find((one) => state[one]);
  return kind ? { kind, id: state[kind], what: CHOICES[kind].get(state[kind]) } : null;
};

// Back, forward, or an address changed by hand.
window.addEventListener("popstate", () => {
  clearTimeout(late);
  late = 0;
  if (anchor()) return;
  state = addressed();
  tell({ back: true });
});

document.querySelector(".skips").addEventListener("click", (event) => {
  const part = document.querySelector(event.target.getAttribute("href"));
  if (!part) return;
  event.preventDefault(); // the address keeps the state
  part.scrollIntoView({ block: "nearest" });
  part.focus();
});
