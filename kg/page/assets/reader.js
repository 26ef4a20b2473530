// The documents themselves. Each sentence shows what became of it; picked, it lights its arrows; and what is chosen
// elsewhere is marked here.

const pages = document.getElementById("pages");
const which = document.getElementById("which");

which.append(...[...documents.keys()].map((name) => el("option", { value: name }, short([titleOf(name), documents.get(name).publisher, documents.get(name).date].filter(Boolean).join(" · "), 90))));
which.addEventListener("change", () => change({ doc: which.value }));

let shownDocument = null;
let spans = new Map(); // the elements of the sentences, by id

const told = (sentence) => {
  const stated = new Set(sentence.stated.map(({ one }) => one.id)).size;
  return stated ? plural(stated, "statement") : (DISPOSITIONS[sentence.kind] ?? sentence.kind).toLowerCase();
};

const sentenceSpan = (sentence) =>
  el(
    "span",
    {
      role: "button",
      tabindex: "-1",
      class: `sentence ${sentence.kind} ${sentence.zone}`,
      "data-id": sentence.id,
      "aria-description": told(sentence),
      title: told(sentence),
    },
    sentenceText(sentence),
  );

const tally = (all) => {
  const counts = new Map();
  for (const { kind } of all) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return Object.keys(DISPOSITIONS).filter((kind) => counts.has(kind)).map((kind) => el("li", { class: kind }, `${counts.get(kind)} ${DISPOSITIONS[kind].toLowerCase()}`));
};

const showDocument = (name) => {
  shownDocument = name;
  spans = new Map();
  if (!name) return pages.replaceChildren();
  which.value = name;
  const { text: whole, sentences: rows } = documents.get(name);
  const all = rows.map((_, number) => sentences.get(sentenceId(name, number)));
  const body = el("div", { class: "page", dir: "auto" });
  let at = 0;
  let paragraph = body.appendChild(el("p"));
  // What stands between sentences: a new line begins a paragraph.
  const between = (gap) => {
    const [before, ...rest] = gap.split(/\s*\n\s*/);
    paragraph.append(before);
    for (const words of rest) paragraph = body.appendChild(el("p", {}, words));
  };
  for (const sentence of all) {
    between(whole.slice(at, Math.max(at, sentence.start)));
    if (sentence.end > sentence.start) {
      const span = sentenceSpan(sentence);
      spans.set(sentence.id, span);
      paragraph.append(span);
    }
    at = Math.max(at, sentence.end);
  }
  between(whole.slice(at));
  spans.values().next().value?.setAttribute("tabindex", "0");
  pages.replaceChildren(source(name), ...[translatedNote(name), sharedNote(name)].filter(Boolean), el("ul", { class: "tally", "aria-label": "What became of the sentences" }, tally(all)), body);
};

// What of the document shown belongs to the choice: sentences, and marks inside them.
const chosenReadings = (choice) =>
  (!choice ? [] : choice.kind === "statement" ? choice.what.evidence : choice.kind === "sentence" ? choice.what.stated.map(({ reading }) => reading) : [])
    .filter((reading) => reading.document === shownDocument);

const remark = () => {
  const choice = chosen();
  const readings = chosenReadings(choice);
  const marks = readings.flatMap((one) => [...marksOf(one), ...one.antecedents.flatMap(({ at }) => at.map(([a, b]) => ["antecedent", a, b]))]);
  const lit = new Set(readings.flatMap(sentencesIn).map(({ id }) => id));
  const known = choice?.kind === "node" ? new Set(statementsOf.get(choice.id).flatMap((one) => one.evidence)) : new Set();
  for (const [id, span] of spans) {
    const sentence = sentences.get(id);
    const here = marks.filter(([, a, b]) => a < sentence.end && b > sentence.start);
    if (here.length || span.querySelector("mark")) span.replaceChildren(...marked(sentence.document, sentence.start, sentence.end, here));
    const current = choice?.kind === "sentence" && choice.id === id;
    span.classList.toggle("chosen", current || lit.has(id));
    span.classList.toggle("speaks-of", sentence.stated.some(({ reading }) => known.has(reading)));
    if (current) span.setAttribute("aria-current", "true");
    else span.removeAttribute("aria-current");
  }
};

const focusable = (span) => {
  pages.querySelector(".sentence[tabindex='0']")?.setAttribute("tabindex", "-1");
  span.setAttribute("tabindex", "0");
};

// Shows a piece of evidence where it stands.
const showIn = (reading) => {
  if (state.doc !== reading.document) change({ doc: reading.document });
  const [first] = sentencesIn(reading);
  const span = first && spans.get(first.id);
  if (!span) return;
  focusable(span);
  span.focus({ preventScroll: true });
  reveal(span, pages);
  document.getElementById("reader").scrollIntoView({ block: "nearest" });
};

pages.addEventListener("click", ({ target }) => {
  const span = target.closest(".sentence");
  if (!span) return;
  focusable(span);
  choose("sentence", span.dataset.id, { centre: true });
});

const STEPS = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1, Home: -Infinity, End: Infinity };

pages.addEventListener("keydown", (event) => {
  const span = event.target.closest?.(".sentence");
  if (!span) return;
  if (event.key === "Enter" || event.key === " ") {
    event.preventDefault();
    return choose("sentence", span.dataset.id, { centre: true });
  }
  if (!(event.key in STEPS)) return;
  event.preventDefault();
  const all = [...spans.values()];
  const next = all[Math.min(all.length - 1, Math.max(0, all.indexOf(span) + STEPS[event.key]))];
  focusable(next);
  next.focus({ preventScroll: true });
  reveal(next, pages);
});

watch(["doc", "node", "statement", "sentence"], () => {
  const choice = chosen();
  const wanted = state.doc || (choice && documentsOf(choice.kind, choice.id)[0]) || [...documents.keys()][0];
  if (wanted !== shownDocument) showDocument(wanted);
  remark();
  const first = pages.querySelector(".sentence.chosen, .sentence.speaks-of");
  if (choice && first) reveal(first, pages);
});
