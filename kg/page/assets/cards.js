// The cards of an entity, of a claim and of a statement.

const link = (kind, id, ...content) =>
  el("button", { type: "button", class: "link", click: () => choose(kind, id, { centre: true, read: true }) }, content);

const term = (one) =>
  one.kind !== "value" && nodes.has(one.id)
    ? link("node", one.id, one.kind === "node" ? [icon(nodes.get(one.id).family, nodes.get(one.id).candidate), " "] : null, el("span", { class: one.kind, dir: "auto" }, one.text))
    : el("span", { class: one.kind, dir: "auto" }, one.text);

const statusOf = (one) => [
  one.status === "asserted" ? null : el("span", { class: "status" }, one.status),
  isOpen(one) ? el("span", { class: "status open" }, "open disagreement") : null,
];

const counted = (one) => {
  const sources = new Set(one.evidence.map((reading) => reading.document)).size;
  return `${plural(one.evidence.length, "sentence")}${sources > 1 ? ` in ${sources} documents, ${one.independent} independent` : ""}`;
};

const statementCard = (one) => [
  el("p", { class: "eyebrow" }, "Statement ", el("span", { class: "status" }, one.status)),
  el("h2", { class: "triple" }, term(one.subject), el("span", { class: "relation" }, one.relation), term(one.object)),
  hiddenNote(keptStatements.has(one.id)),
  disagreements(one),
  facts(one.qualifiers.map(([name, value]) => [name, words(value)])),
  el("h3", {}, counted(one)),
  markKey(),
  el("ol", { class: "readings" }, one.evidence.map((reading) => evidence(one, reading))),
];

// One line of a card: the other side, which leads to the statement, and its first sentence.
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

const LONG = 60; // lines that a card shows before it is asked for more

const lines = (list, other) => {
  const made = list.map((one) => () => line(one, other(one)));
  const shown = el("ul", { class: "lines" }, made.slice(0, LONG).map((make) => make()));
  const more = () => {
    shown.append(...made.slice(LONG).map((make) => make()));
    button.remove();
  };
  const button = made.length > LONG ? el("button", { type: "button", class: "link", click: more }, `${made.length - LONG} more`) : null;
  return [shown, button];
};

const groups = (list, other, heading) =>
  groupBy(list, (one) => one.relation).map(([relation, some]) => [el("h3", {}, heading(relation, some.length)), lines(some, other)]);

// What a card has that is not in the picture: how many of each relation, and a switch that brings them in.
const beyond = (node) => {
  const more = outside(node.id).map(([family, ids]) =>
    el("li", {}, el("button", { type: "button", click: () => change({ add: [...state.add, `${node.id}~${family}`] }, { centre: true }) }, `+ ${ids.length.toLocaleString("en")} ${relations.get(family)}`)),
  );
  return more.length ? [el("h3", {}, "Not in the picture"), el("ul", { class: "chips" }, more)] : null;
};

const opener = (node, folded) => {
  const open = state.open === node.id;
  const kinds = groupBy(folded, (one) => one.relation).map(([relation, some]) => `${some.length} ${relation}`).join(", ");
  return el(
    "p",
    { class: "acts" },
    el("button", { type: "button", "aria-pressed": String(open), click: () => change({ open: open ? "" : node.id }) }, open ? "Fold the claims" : "Open in the graph"),
    ` ${kinds}`,
  );
};

const hiddenNote = (kept) =>
  kept ? null : el("p", { class: "note" }, "Hidden by the filters. ", el("button", { type: "button", class: "link", click: clearFilters }, "Clear filters"));

const nodeCard = (node) => {
  const all = statementsOf.get(node.id);
  const folded = all.filter((one) => one.drawn === "folded" && one.card === node.id);
  const posts = all.filter((one) => one.family === "holdsPost");
  const plain = all.filter((one) => !folded.includes(one) && one.family !== "holdsPost");
  const when = data.moments.find(({ lane, id }) => lane === "event" && id === node.id);
  const own = plain.filter((one) => one.subject.id === node.id && one.subject.kind !== "value");
  const told = plain.filter((one) => one.subject.kind === "value");
  const others = plain.filter((one) => one.subject.kind !== "value" && one.subject.id !== node.id);
  const claim = (one) => (one.object.kind === "claim" ? one.object : one.subject.kind === "claim" ? one.subject : one.object);
  return [
    el("p", { class: "eyebrow" }, icon(node.family, node.candidate), " ", node.type, " ", node.candidate ? el("span", { class: "status" }, "candidate") : null),
    el("h2", {}, words(node.label)),
    node.names.length
      ? el("p", { class: "names" }, "Also ", node.names.map((name, number) => [number ? ", " : "", words(name)]))
      : null,
    node.candidate ? el("p", { class: "note" }, "Named in a text; no curator has looked at it yet.") : null,
    hiddenNote(keptNodes.has(node.id)),
    when ? facts([["when", momentDays(when)]]) : null,
    el("p", { class: "iri" }, el("code", {}, iriOf(node.id))),
    posts.length ? [el("h3", {}, "Posts"), timeline(posts, node)] : null,
    groups(own, (one) => one.object, (relation) => `${relation} →`),
    groups(told, (one) => ({ kind: "value", text: `${one.subject.text}: ${one.object.text}` }), (relation) => relation),
    groups(others, (one) => one.subject, (relation) => `← ${relation}`),
    beyond(node),
    folded.length
      ? el(
          "details",
          { open: folded.length < 4 || state.open === node.id },
          el("summary", {}, plural(folded.length, "claim")),
          opener(node, folded),
          groups(folded, claim, (relation, count) => `${relation} (${count})`),
        )
      : null,
  ];
};

// A claim: whose, its whole words, when, and its sentences.
const claimCard = (node) => {
  const all = statementsOf.get(node.id);
  const about = all.filter((one) => one.object.id === node.id);
  return [
    el("p", { class: "eyebrow" }, icon(node.family), " ", node.type),
    el("h2", { class: "claim words", dir: "auto" }, node.words),
    about.map((one) => [
      facts([
        [one.relation + " by", term(one.subject)],
        ...(one.days.length ? [["as of", one.days[0][0]]] : [["as of", "not told"]]),
        ...one.qualifiers.map(([name, value]) => [name, words(value)]),
      ]),
      el("h3", {}, counted(one)),
      el("ol", { class: "readings" }, one.evidence.map((reading) => evidence(one, reading))),
    ]),
    groups(all.filter((one) => one.object.id !== node.id), (one) => one.object, (relation) => `${relation} →`),
  ];
};
