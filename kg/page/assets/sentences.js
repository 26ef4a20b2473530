// The card of a sentence: what the rules read in it, or why they read nothing.

const DISPOSITIONS = {
  extracted: "Read",
  refused: "Refused",
  unresolved: "Left open",
  excluded: "Not read",
  nothing: "Nothing to state",
  todo: "Not read yet",
  undecided: "Undecided",
};

const WHY = {
  refused: "It seems to state something; a guard of the rule, or a curator, says that it does not.",
  unresolved: "A rule matched, but what one of its words stands for could not be told. Unsure means unresolved.",
  excluded: "No facts are taken from this part of a document.",
  nothing: "A curator read it and found nothing that this graph states.",
  todo: "A curator found something in it that no rule reads yet.",
  undecided: "No rule read anything in it, and no curator has looked at it yet.",
};

const nearFact = (one) =>
  el("li", {}, el("p", {}, words(one.words)), el("p", { class: "source" }, "because ", words(one.why), " · rule ", el("code", {}, one.rule)));

const sentenceText = (sentence) => documents.get(sentence.document).text.slice(sentence.start, sentence.end);

const sentenceCard = (sentence) => {
  const stated = unique(sentence.stated.map(({ one }) => one));
  const marks = sentence.stated.flatMap(({ reading }) => marksOf(reading));
  return [
    el("p", { class: "eyebrow" }, "Sentence ", el("span", { class: "status" }, DISPOSITIONS[sentence.kind] ?? sentence.kind)),
    el("h2", { class: "unseen" }, "Sentence"),
    el("blockquote", { dir: "auto" }, marked(sentence.document, sentence.start, sentence.end, marks)),
    translatedNote(sentence.document),
    source(sentence.document),
    stated.length
      ? [el("h3", {}, plural(stated.length, "statement")), el("ul", { class: "lines" }, stated.map((one) => el("li", {}, link("statement", one.id, words(one.subject.text), " ", el("b", {}, one.relation), " ", words(short(one.object.text, 120))), " ", statusOf(one))))]
      : null,
    sentence.near.length ? [el("h3", {}, "Not stated"), el("ul", { class: "lines near" }, sentence.near.map(nearFact))] : null,
    stated.length ? null : el("p", { class: "why" }, WHY[sentence.kind] ?? "", sentence.why ? [" ", el("span", { class: "note" }, words(sentence.why))] : null),
  ];
};
