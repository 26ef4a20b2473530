// What the page knows: the records of payload.py, what pyvis draws, and quick ways to both.

const read = (id) => JSON.parse(document.getElementById(id).textContent);

const data = read("data");
const drawing = read("drawing");
const shapes = new Map(Object.entries(read("shapes")));

const families = new Map(Object.entries(data.families));
const documents = new Map(Object.entries(data.documents));
const rules = new Map(Object.entries(data.rules));
const nodes = new Map(data.nodes.map((node) => [node.id, node]));
const statements = new Map(data.statements.map((one) => [one.id, one]));

// The statements that each entity's card shows: its own, those that point to it, and what is folded into it.
const statementsOf = new Map(data.nodes.map((node) => [node.id, []]));
for (const one of data.statements) {
  const cards = [one.subject, one.object].filter((term) => term.kind === "node").map((term) => term.id);
  for (const id of new Set([...cards, one.card])) statementsOf.get(id)?.push(one);
}

const short = (text, most = 44) => ([...text].length > most ? `${[...text].slice(0, most - 1).join("").trimEnd()}…` : text);

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

const groupBy = (list, key) => {
  const groups = new Map();
  for (const one of list) {
    if (!groups.has(key(one))) groups.set(key(one), []);
    groups.get(key(one)).push(one);
  }
  return [...groups];
};

const plural = (count, one, many = `${one}s`) => `${count} ${count === 1 ? one : many}`;
