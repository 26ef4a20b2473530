// Beside the graph: the chosen entity's card, the chosen statement with its evidence, or how to read the page.

const panel = document.getElementById("panel");

const link = (kind, id, ...content) =>
  el("button", { type: "button", class: "link", click: () => choose(kind, id, { centre: true, read: true }) }, content);

const term = (one) =>
  one.kind === "node" && nodes.has(one.id)
    ? link("node", one.id, icon(nodes.get(one.id).family, nodes.get(one.id).candidate), " ", words(one.text))
    : el("span", { class: one.kind, dir: "auto" }, one.text);

const statusOf = (one) => (one.status === "asserted" ? null : el("span", { class: "status" }, one.status));

const counted = (one) => {
  const sources = new Set(one.evidence.map((reading) => reading.document)).size;
  return `${plural(one.evidence.length, "sentence")}${sources > 1 ? ` in ${sources} documents` : ""}`;
};

const statementCard = (one) => [
  el("p", { class: "eyebrow" }, "Statement ", el("span", { class: "status" }, one.status)),
  el("h2", { class: "triple" }, term(one.subject), el("span", { class: "relation" }, one.relation), term(one.object)),
  facts(one.qualifiers.map(([name, value]) => [name, words(value)])),
  el("h3", {}, counted(one)),
  markKey(),
  el("ol", { class: "readings" }, one.evidence.map(evidence)),
];

// One line of an entity's card: the other side, which leads to the statement, and its first sentence.
const line = (one, other) =>
  el(
    "li",
    {},
    link("statement", one.id, other.kind === "node" ? [icon(nodes.get(other.id).family, nodes.get(other.id).candidate), " "] : null, words(other.text)),
    " ",
    statusOf(one),
    other.kind === "claim" ? null : quote(one.evidence[0]),
    el(
      "p",
      { class: "source" },
      [...one.qualifiers, ...one.evidence[0].qualifiers].map(([name, value]) => [`${name} `, words(value), " · "]),
      sourcesOf(one).join("; "),
    ),
  );

const groups = (list, other, heading) =>
  groupBy(list, (one) => one.relation).map(([relation, some]) => [
    el("h3", {}, heading(relation)),
    el("ul", { class: "lines" }, some.map((one) => line(one, other(one)))),
  ]);

const nodeCard = (node) => {
  const all = statementsOf.get(node.id);
  const folded = all.filter((one) => one.drawn === "folded");
  const own = all.filter((one) => one.drawn !== "folded" && one.subject.id === node.id);
  const told = all.filter((one) => one.subject.kind === "value");
  const others = all.filter((one) => one.drawn !== "folded" && one.subject.kind !== "value" && one.subject.id !== node.id);
  const claim = (one) => (one.object.kind === "claim" ? one.object : one.subject.kind === "claim" ? one.subject : one.object);
  return [
    el("p", { class: "eyebrow" }, icon(node.family, node.candidate), " ", node.type, " ", node.candidate ? el("span", { class: "status" }, "candidate") : null),
    el("h2", {}, words(node.label)),
    node.names.length
      ? el("p", { class: "names" }, "Also ", node.names.map((name, number) => [number ? ", " : "", words(name)]))
      : null,
    node.candidate ? el("p", { class: "note" }, "Named in a text; no curator has looked at it yet.") : null,
    el("p", { class: "iri" }, el("code", {}, node.iri)),
    groups(own, (one) => one.object, (relation) => `${relation} →`),
    groups(told, (one) => ({ kind: "value", text: `${one.subject.text}: ${one.object.text}` }), (relation) => relation),
    groups(others, (one) => one.subject, (relation) => `← ${relation}`),
    folded.length
      ? el("details", { open: folded.length < 4 }, el("summary", {}, plural(folded.length, "claim")), groups(folded, claim, (relation) => relation))
      : null,
  ];
};

const intro = () => [
  el("h2", {}, "How to read this"),
  el(
    "p",
    {},
    "Each card is somebody or something that the documents name; each arrow, value and claim is a statement. ",
    "Pick an arrow, a card, or a row of the table: here you then see the sentences that say so, and the rule that read them.",
  ),
  markKey(),
  el("h3", {}, plural(documents.size, "document")),
  el(
    "ul",
    { class: "lines" },
    [...documents.keys()].map((name) => el("li", {}, source(name), translatedNote(name))),
  ),
];

onChoice((choice, wish) => {
  const content = !choice ? intro() : choice.kind === "node" ? nodeCard(nodes.get(choice.id)) : statementCard(statements.get(choice.id));
  panel.replaceChildren(...content.flat(Infinity).filter(Boolean));
  panel.scrollTop = 0;
  if (wish.read) panel.focus({ preventScroll: true });
  const { top, bottom } = panel.getBoundingClientRect();
  const seen = Math.min(bottom, window.innerHeight) - Math.max(top, 0);
  if (choice && seen < 160) panel.scrollIntoView({ block: "start", behavior: quietly.matches ? "auto" : "smooth" });
});
