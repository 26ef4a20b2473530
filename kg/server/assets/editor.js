// The field for SPARQL: behind its letters lies the same text in colours, with the place of a fault marked.

const field = document.getElementById("sparql");
const behind = document.getElementById("behind");

const KEYWORDS = new Set(
  ("add all as asc ask base bind bound by clear coalesce concat construct contains count datatype day delete desc describe " +
    "distinct exists filter from graph group having if in insert iri isblank isiri isliteral lang langmatches lcase limit " +
    "load max md5 min minus month not now offset optional order prefix reduced regex replace sameterm sample select " +
    "separator service sha256 str strafter strbefore strdt strends strlen strstarts substr sum ucase undef union uri " +
    "values where year a true false avg abs ceil floor round rand uuid hours minutes seconds group_concat").split(" "),
);
const TOKEN = new RegExp(
  [
    "(?<comment>#[^\\n\\r]*)",
    '(?<string>"""[^]*?(?:"""|$)|\'\'\'[^]*?(?:\'\'\'|$)|"(?:[^"\\\\\\n]|\\\\.)*"?|\'(?:[^\'\\\\\\n]|\\\\.)*\'?)',
    '(?<iri><[^<>"{}|^`\\\\\\s]*>)',
    "(?<variable>[?$][\\p{L}\\p{N}_]+)",
    "(?<name>[\\p{L}\\p{N}_.-]*:(?:[\\p{L}\\p{N}_.:-]|\\\\.|%[0-9A-Fa-f]{2})*)",
    "(?<word>[\\p{L}_][\\p{L}\\p{N}_]*)",
    "(?<number>\\d+(?:\\.\\d+)?)",
    "(?<other>\\s+|[^])",
  ].join("|"),
  "gu",
);

// The parts of a query in their order: kind, text, and where each begins.
const tokens = (text) =>
  [...text.matchAll(TOKEN)].map(({ 0: part, index, groups }) => {
    const kind = Object.keys(groups).find((one) => groups[one] !== undefined);
    return { kind: kind === "word" && KEYWORDS.has(part.toLowerCase()) ? "keyword" : kind, text: part, start: index };
  });

// What a query gives: rows, a truth or triples; the first word that says so counts.
const givesTriples = (text) => {
  const said = tokens(text).find(({ kind, text: word }) => kind === "keyword" && /^(select|ask|construct|describe)$/i.test(word));
  return /^(construct|describe)$/i.test(said?.text ?? "");
};

let wrong = -1; // where the fault is

const paint = () => {
  const parts = tokens(field.value).map(({ kind, text, start }) => {
    const here = start <= wrong && wrong < start + text.length;
    return kind === "other" && !here ? text : el("span", { class: `${kind}${here ? " wrong" : ""}` }, text);
  });
  // The last line has its height even while it is empty.
  behind.replaceChildren(...parts, wrong >= field.value.length ? el("span", { class: "wrong" }, " ") : "", "\n");
};

// Where a line and a column are in the text; both begin at 1 and count letters, an emoji as one.
const offset = (text, line, column) => {
  const lines = text.split(/\r\n|\n|\r/);
  const before = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
  return Math.min(text.length, before + [...(lines[line - 1] ?? "")].slice(0, column - 1).join("").length);
};

const markFault = (line, column) => {
  wrong = line ? offset(field.value, line, column) : -1;
  paint();
};

const fill = (text) => {
  field.value = text;
  wrong = -1;
  paint();
};

field.addEventListener("input", () => {
  wrong = -1;
  paint();
});
