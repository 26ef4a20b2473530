// A piece of evidence: the sentence with its marks, what a pronoun stands for, who, where, when, and the rule.

const MARKS = ["subject", "cue", "object"];

const markKey = () =>
  el("p", { class: "key" }, "Marked: ", MARKS.flatMap((slot) => [el("mark", { class: slot }, slot), " "]));

// The outermost mark is the longest; a slot with no mark of its own has a thin line.
const marked = ({ text, slots }) =>
  slots.reduceRight(
    (inside, slot) => el("mark", { class: MARKS.includes(slot) ? slot : "other", title: slot }, inside),
    text,
  );

const quote = (reading) => el("blockquote", { dir: "auto" }, reading.parts.map(marked));

const facts = (pairs) =>
  pairs.length
    ? el("dl", { class: "facts" }, pairs.flatMap(([name, value]) => [el("dt", {}, name), el("dd", {}, value)]))
    : null;

const standIn = ({ slot, words: texts, how }) =>
  el(
    "p",
    { class: "stands-for" },
    `The ${slot} stands for `,
    texts.flatMap((text, number) => [number ? ", " : "", el("q", { dir: "auto" }, text)]),
    ` (${how})`,
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

const source = (name) => {
  const { title, publisher, date } = documents.get(name);
  const rest = [publisher, date].filter(Boolean);
  return el("p", { class: "source" }, el("cite", { dir: "auto" }, title || name), rest.map((part) => [" · ", words(part)]));
};

const evidence = (reading) =>
  el(
    "li",
    { class: "reading" },
    quote(reading),
    reading.antecedents.map(standIn),
    translatedNote(reading.document),
    source(reading.document),
    facts([...(reading.speaker ? [["speaker", words(reading.speaker)]] : []), ...reading.qualifiers.map(([name, value]) => [name, words(value)])]),
    rule(reading.rule),
  );
