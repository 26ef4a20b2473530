// Turtle of statements: nothing but triples that stand in graph.ttl too.

const RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
const RDFS = "http://www.w3.org/2000/01/rdf-schema#";
const OA = "http://www.w3.org/ns/oa#";
const XSD = "http://www.w3.org/2001/XMLSchema#";

const iriOf = (id) => (/^[a-z][a-z0-9+.-]*:/i.test(id) ? id : data.base + id);

// Characters that an IRI in Turtle may not hold are escaped by their numbers.
const number = (letter, digits) => letter.codePointAt(0).toString(16).toUpperCase().padStart(digits, "0");
const iriTerm = (iri) => `<${iri.replace(/[\u0000-\u0020<>"{}|^`\\]/g, (letter) => `\\u${number(letter, 4)}`)}>`;

const ESCAPES = { "\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t" };
const literal = (value, datatype = "string") => {
  const escaped = value.replace(/[\\"\n\r\t]/g, (letter) => ESCAPES[letter]).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, (letter) => `\\u${number(letter, 4)}`);
  return `"${escaped}"${datatype === "string" ? "" : `^^${iriTerm(XSD + datatype)}`}`;
};

const triple = (subject, predicate, object) => `${iriTerm(subject)} ${iriTerm(predicate)} ${object} .`;
const kgTerm = (name) => `${data.base}ontology#${name}`;

const turtleOf = (list) => {
  const made = new Set();
  const say = (...words) => made.add(triple(...words));
  for (const one of list) {
    const [subject, property, me] = [iriOf(one.about), kgTerm(one.property), iriOf(`statement/${one.id}`)];
    const thing = one.object.kind === "value" ? literal(one.object.text, one.object.id) : iriTerm(iriOf(one.object.id));
    for (const id of endsOf(one)) {
      say(iriOf(id), `${RDF}type`, iriTerm(kgTerm(nodes.get(id).kind)));
      say(iriOf(id), `${RDFS}label`, literal(nodes.get(id).label));
      if (nodes.get(id).words) say(iriOf(id), kgTerm("words"), literal(nodes.get(id).words));
    }
    if (one.status === "asserted") say(subject, property, thing);
    say(me, `${RDF}type`, iriTerm(`${RDF}Statement`));
    say(me, `${RDF}subject`, iriTerm(subject));
    say(me, `${RDF}predicate`, iriTerm(property));
    say(me, `${RDF}object`, thing);
    say(me, kgTerm("status"), iriTerm(kgTerm(one.status)));
    for (const reading of one.evidence) {
      const there = iriOf(`evidence/${reading.id}`);
      say(me, kgTerm("evidence"), iriTerm(there));
      say(there, `${RDF}type`, iriTerm(`${OA}SpecificResource`));
      const home = iriOf(documents.get(reading.document).iri);
      say(home, `${RDF}type`, iriTerm(kgTerm("Document")));
      say(home, `${RDFS}label`, literal(titleOf(reading.document)));
      say(there, `${OA}hasSource`, iriTerm(home));
      say(there, kgTerm("quote"), literal(quoted(reading)));
      say(there, kgTerm("byRule"), iriTerm(iriOf(rules.get(reading.rule)[2])));
    }
  }
  return `${[...made].sort().join("\n")}\n`;
};
