// What the page knows: the records of payload.py, what pyvis draws, and quick ways to both.

const read = (id) => JSON.parse(document.getElementById(id).textContent);

const data = read("data");
const drawing = read("drawing");
const shapes = new Map(Object.entries(read("shapes")));

const families = new Map(Object.entries(data.families));
const relations = new Map(Object.entries(data.relations));
const documents = new Map(Object.entries(data.documents));
const rules = new Map(Object.entries(data.rules));
const nodes = new Map(data.nodes.map((node) => [node.id, node]));
const statements = new Map(data.statements.map((one) => [one.id, one]));
const entities = data.nodes.filter((node) => !node.words);

const push = (map, key, value) => map.get(key)?.push(value) ?? map.set(key, [value]);

// The entities and claims that a statement is about.
const endsOf = (one) =>
  [one.subject, one.object].filter((term) => term.kind !== "value" && nodes.has(term.id)).map((term) => term.id);

// The statements that each card shows: its own, those that point to it, and what is folded into it.
const statementsOf = new Map(data.nodes.map((node) => [node.id, []]));
for (const one of data.statements) for (const id of new Set([...endsOf(one), one.card])) statementsOf.get(id)?.push(one);

// The disagreements that each statement takes part in.
const disagreementsOf = new Map();
for (const one of data.disagreements) for (const id of one.statements) push(disagreementsOf, id, one);
const isOpen = (one) => (disagreementsOf.get(one.id) ?? []).some(({ verdict }) => verdict === "open");

const short = (text, most = 44) => ([...text].length > most ? `${[...text].slice(0, most - 1).join("").trimEnd()}…` : text);

const titleOf = (name) => documents.get(name).title || name;

const sourceName = (name) => {
  const { title, publisher, date } = documents.get(name);
  return [publisher || short(title) || name, date].filter(Boolean).join(", ");
};

const translated = (name) => documents.get(name).translated;

// What stands under a statement's name: where it is from, each source once.
const sourcesOf = (one) =>
  [...new Set(one.evidence.map((reading) => reading.document))].map(
    (name) => `${translated(name) ? "machine-translated: " : ""}${sourceName(name)}`,
  );

const quoted = ({ document: name, start, end }) => documents.get(name).text.slice(start, end);

// Each sentence of each document with the statements it states and the near-facts it does not.
const sentenceId = (name, number) => `${name}:${number}`;
const sentences = new Map();
for (const [name, { sentences: all }] of documents)
  all.forEach(([start, end, kind, why, zone], number) =>
    sentences.set(sentenceId(name, number), { id: sentenceId(name, number), document: name, number, start, end, kind, why, zone, stated: [], near: [] }),
  );

// The sentences that a stretch of a document touches.
const sentencesIn = ({ document: name, start, end }) => {
  const all = documents.get(name).sentences;
  let [low, high] = [0, all.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (all[middle][1] <= start) low = middle + 1;
    else high = middle;
  }
  const found = [];
  for (; low < all.length && all[low][0] < end; low++) if (all[low][1] > start) found.push(sentences.get(sentenceId(name, low)));
  return found;
};
for (const one of data.statements)
  for (const reading of one.evidence) for (const sentence of sentencesIn(reading)) sentence.stated.push({ one, reading });
for (const [name, { near }] of documents)
  for (const one of near) for (const sentence of sentencesIn({ document: name, ...one })) sentence.near.push(one);

const groupBy = (list, key) => {
  const groups = new Map();
  for (const one of list) push(groups, key(one), one);
  return [...groups];
};

const inDigits = new Intl.NumberFormat("en"); // made once: each takes a while
const plural = (count, one, many = `${one}s`) => `${inDigits.format(count)} ${count === 1 ? one : many}`;
