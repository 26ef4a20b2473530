// A piece of evidence: the sentence with its marks, what a pronoun stands for, who, where, when, and the rule.

const MARKS = ["subject", "cue", "object"];

const markKey = () =>
  el("p", { class: "key" }, "Marked: ", MARKS.flatMap((slot) => [el("mark", { class: slot }, slot), " "]));

// A stretch of a document, cut wherever the words of a slot begin or end; the longest mark lies outermost, so that the
// shorter one inside is seen.
const marked = (name, start, end, marks) => {
  const { text: whole } = documents.get(name);
  const here = marks.map(([slot, a, b]) => [slot, Math.max(a, start), Math.min(b, end)]).filter(([, a, b]) => a < b);
  const cuts = [...new Set([start, end, ...here.flatMap(([, a, b]) => [a, b])])].sort((a, b) => a - b);
  const outer = here.sort(([s, a, b], [t, c, d]) => d - c - (b - a) || (s < t ? -1 : 1));
  return cuts.slice(1).map((right, number) => {
    const left = cuts[number];
    return outer
      .filter(([, a, b]) => a <= left && right <= b)
      .reduceRight((inside, [slot]) => el("mark", { class: MARKS.includes(slot) ? slot : slot === "antecedent" ? slot : "other", title: slot }, inside), whole.slice(left, right));
  });
};

// Where a rule has no cue of its own, the post is what the statement hangs on.
const marksOf = ({ marks }) => (marks.some(([slot]) => slot === "cue") ? marks : marks.map(([slot, ...place]) => [slot === "post" ? "cue" : slot, ...place]));

const quote = (reading) => el("blockquote", { dir: "auto" }, marked(reading.document, reading.start, reading.end, marksOf(reading)));

const facts = (pairs) =>
  pairs.length
    ? el("dl", { class: "facts" }, pairs.flatMap(([name, value]) => [el("dt", {}, name), el("dd", {}, value)]))
    : null;

const standIn = ({ slot, words: texts, how }) =>
  el(
    "p",
    { class: "stands-for" },
    texts.length
      ? [`The ${slot} stands for `, texts.flatMap((text, number) => [number ? ", " : "", el("q", { dir: "auto" }, text)]), ` (${how})`]
      : `The ${slot} has no words here: it is the ${how}`,
  );

const rule = (id) => {
  const [says, pattern] = rules.get(id) ?? ["", ""];
  return el(
    "div",
    { class: "rule" },
    el("p", {}, el("span", { class: "name" }, "Rule "), el("code", {}, id), says ? el("span", {}, " ", words(says)) : null),
    pattern ? el("pre", { tabindex: "0", "aria-label": "Pattern of the rule" }, el("code", {}, pattern)) : null,
  );
};

const translatedNote = (name) =>
  translated(name)
    ? el("p", { class: "note" }, "Machine-translated source: not the speaker’s own words.")
    : null;

// A text that was taken over corroborates nothing: of such documents one counts.
const sharedNote = (name) =>
  documents.get(name).shares.length ? el("p", { class: "note" }, "Shares text with ", documents.get(name).shares.map((other, n) => [n ? ", " : "", words(titleOf(other))]), ": what both say there counts once.") : null;

const source = (name, titled = true) => {
  const { publisher, date } = documents.get(name);
  const rest = [publisher, date].filter(Boolean);
  return el("p", { class: "source" }, titled ? [el("cite", { dir: "auto" }, titleOf(name)), rest.length ? " · " : null] : null, rest.map((part, n) => [n ? " · " : "", words(part)]));
};

// What to send to a curator about a piece of evidence that looks wrong.
const report = (one, reading) =>
  [
    `statement: ${one.id}`,
    `says: ${one.subject.text} — ${one.relation} → ${one.object.text}`,
    `sentence: ${quoted(reading)}`,
    `document: ${reading.document}`,
    `evidence: ${reading.id}`,
    `rule: ${reading.rule}`,
  ].join("\n");

const evidence = (one, reading) =>
  el(
    "li",
    { class: "reading" },
    quote(reading),
    reading.antecedents.map(standIn),
    translatedNote(reading.document),
    sharedNote(reading.document),
    source(reading.document),
    facts([...(reading.speaker ? [["speaker", words(reading.speaker)]] : []), ...reading.qualifiers.map(([name, value]) => [name, words(value)])]),
    rule(reading.rule),
    el(
      "p",
      { class: "acts" },
      el("button", { type: "button", class: "link", click: () => showIn(reading) }, "Show in the document"),
      " · ",
      el("button", { type: "button", class: "link", click: () => copy(report(one, reading), "The report") }, "Report this"),
    ),
  );
