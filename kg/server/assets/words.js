// What the editor knows: prefixes, terms, names and saved questions, as the server tells them.

const here = { base: "", prefixes: {}, terms: [], names: [], questions: [] };
const labels = new Map(); // of IRIs

const learn = async () => {
  const reply = await fetch("/query/words.json");
  if (!reply.ok) throw new Error(await reply.text());
  Object.assign(here, await reply.json());
  for (const [iri, label] of [...here.names, ...here.terms]) if (!labels.has(iri)) labels.set(iri, label);
};

// The longest prefix that fits, and what is behind it; none where none fits.
const parted = (iri) => {
  const fits = Object.entries(here.prefixes).filter(([, start]) => start && iri.startsWith(start));
  const [prefix, start] = fits.sort((a, b) => b[1].length - a[1].length)[0] ?? [];
  return prefix === undefined ? null : { prefix, local: iri.slice(start.length) };
};

// An IRI for people.
const compact = (iri) => {
  const parts = parted(iri);
  return parts ? `${parts.prefix}:${parts.local}` : iri;
};

// An IRI as SPARQL has it: by its prefix where what is behind it may stand there.
const inSparql = (iri) => {
  const parts = parted(iri);
  if (!parts || !/^[\p{L}\p{N}_][\p{L}\p{N}_\-/.%#]*$/u.test(parts.local) || parts.local.endsWith(".")) return `<${iri}>`;
  return `${parts.prefix}:${parts.local.replace(/[/%#]/g, "\\$&")}`;
};

// Where an IRI is found: ours here, another's where it says, if that is a place on the web.
const place = (iri) => {
  if (here.base && iri.startsWith(here.base)) return `/${iri.slice(here.base.length)}`;
  return /^https?:/.test(iri) ? iri : "";
};
