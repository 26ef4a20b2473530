// An answer as a table: labels with the IRIs below them, links to the pages of things, and to why a statement is made.

const tableBox = document.getElementById("table");
const more = document.getElementById("more");
const SHOWN = 500; // rows at a time

// A column with labels, as the server puts it behind that of its IRIs.
const labelOf = (names, name) => (names.includes(`${name}Label`) ? `${name}Label` : "");

const link = (iri, ...children) => {
  const where = place(iri);
  return where ? el("a", { href: where, rel: where.startsWith("/") ? null : "noreferrer" }, ...children) : el("span", {}, ...children);
};

const why = (iri) => {
  const start = `${here.base}statement/`;
  if (!here.base || !iri.startsWith(start)) return null;
  return el("a", { class: "why", href: `/#statement=${encodeURIComponent(iri.slice(start.length))}` }, "why");
};

const cell = (term, label) => {
  if (!term) return el("td", { class: "none" });
  if (term.type === "uri") {
    const said = label?.value ?? "";
    const short = el("code", {}, compact(term.value));
    return el("td", {}, link(term.value, said ? words(said) : short), " ", said ? short : null, " ", why(term.value));
  }
  if (term.type !== "literal") return el("td", {}, el("code", {}, JSON.stringify(term.value)));
  const number = /#(integer|decimal|double|float|long|int)$/.test(term.datatype ?? "");
  const kind = number ? "number" : /#(date|gYear|gYearMonth)$/.test(term.datatype ?? "") && "date";
  return el("td", { class: kind, lang: term["xml:lang"] ?? null }, words(term.value));
};

// The rows from one to another are put below those that are there.
const showRows = (body, names, rows, from) => {
  const to = Math.min(from + SHOWN, rows.length);
  body.append(...rows.slice(from, to).map((row) => el("tr", {}, names.map((name) => cell(row[name], row[`${name}Label`])))));
  more.hidden = to === rows.length;
  more.textContent = `Show ${Math.min(SHOWN, rows.length - to)} more of ${rows.length} rows`;
  more.onclick = () => showRows(body, names, rows, to);
};

// What is said of an answer in a line.
const showAnswer = ({ head, results, boolean }) => {
  more.hidden = true;
  if (boolean !== undefined) {
    tableBox.replaceChildren(el("p", { class: "truth" }, boolean ? "Yes" : "No"));
    return boolean ? "Yes: the graph has it." : "No: the graph does not have it.";
  }
  const rows = results.bindings;
  const names = head.vars.filter((name) => !(name.endsWith("Label") && head.vars.includes(name.slice(0, -5))));
  const body = el("tbody");
  const heads = names.map((name) => el("th", { scope: "col" }, name));
  tableBox.replaceChildren(rows.length ? el("table", {}, el("thead", {}, el("tr", {}, heads)), body) : "");
  showRows(body, names, rows, 0);
  return rows.length ? `${rows.length} ${rows.length === 1 ? "row" : "rows"}` : "No rows: the graph has nothing that fits.";
};
