// Offers for what is being typed: prefixes, classes and properties, things by their names, variables of this query.

const offers = document.getElementById("offers");
const offered = document.getElementById("offered");
const MOST_OFFERS = 8;

let offering = []; // what is offered: text to write, words that say what it is
let taken = -1; // which of them Tab takes
let word = { start: 0, end: 0 }; // what it is written over

const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

// How well a name fits what was typed: 0 is best, none is Infinity.
const fit = (name, typed) => {
  const found = folded(name).indexOf(typed);
  if (found < 0) return Infinity;
  if (found === 0) return name.length === typed.length ? 0 : 1;
  return /[\s/:-]/.test(name[found - 1] ?? "") || /\p{Lu}/u.test(name[found]) ? 2 : 3;
};

const things = () => [
  ...here.terms.map(([iri, label, kind]) => ({ iri, label, kind })),
  ...here.names.map(([iri, label]) => ({ iri, label, kind: "" })),
];

const found = (typed) => {
  const [, prefix, local] = /^([\p{L}\p{N}_.-]*):(.*)$/u.exec(typed) ?? [];
  const asked = folded((local ?? typed).replace(/\\/g, ""));
  const start = prefix === undefined ? "" : here.prefixes[prefix];
  if (start === undefined) return [];
  const best = new Map();
  for (const { iri, label, kind } of things()) {
    if (!iri.startsWith(start)) continue;
    const score = Math.min(fit(label, asked), fit(iri.slice(start.length || here.base.length), asked) + 0.5) + (kind ? 0 : 0.2);
    if (score < (best.get(iri)?.score ?? Infinity)) best.set(iri, { score, text: inSparql(iri), words: `${label}${kind && ` · ${kind}`}` });
  }
  const prefixes = prefix === undefined ? Object.keys(here.prefixes).filter((one) => one.startsWith(asked)) : [];
  const all = [...best.values(), ...prefixes.map((one) => ({ score: 1.2, text: `${one}:`, words: `prefix · ${here.prefixes[one]}` }))];
  return all.sort((a, b) => a.score - b.score || a.text.length - b.text.length || (a.text < b.text ? -1 : 1));
};

const variables = (typed) =>
  [...new Set(tokens(field.value).filter(({ kind }) => kind === "variable").map(({ text }) => text))]
    .filter((one) => one.startsWith(typed) && one !== typed)
    .map((text) => ({ text, words: "variable" }));

const close = () => {
  offers.hidden = true;
  offered.textContent = "";
  field.removeAttribute("aria-activedescendant");
};

const point = (number) => {
  taken = number;
  [...offers.children].forEach((item, index) => item.setAttribute("aria-selected", index === number));
  field.setAttribute("aria-activedescendant", `offer-${number}`);
  offers.children[number].scrollIntoView({ block: "nearest" });
};

// Whether it is a word of SPARQL, or in capitals the beginning of one.
const keyword = (typed) =>
  KEYWORDS.has(typed.toLowerCase()) || (typed === typed.toUpperCase() && [...KEYWORDS].some((one) => one.startsWith(typed.toLowerCase())));

// Below the caret, inside the field.
const settle = () => {
  const range = document.createRange();
  const walker = document.createTreeWalker(behind, NodeFilter.SHOW_TEXT);
  let left = word.start;
  while (walker.nextNode() && left > walker.currentNode.length) left -= walker.currentNode.length;
  range.setStart(walker.currentNode, Math.min(left, walker.currentNode.length));
  const [at, around] = [range.getBoundingClientRect(), field.getBoundingClientRect()];
  offers.style.top = `${at.bottom - around.top + 4}px`;
  offers.style.left = `${Math.max(0, Math.min(at.left - around.left, around.width - offers.offsetWidth))}px`;
};

const offer = (asked = false) => {
  const end = field.selectionStart;
  const typed = /(?:[?$][\p{L}\p{N}_]*|[\p{L}\p{N}_.-]*:(?:[\p{L}\p{N}_./-]|\\.)*|[\p{L}][\p{L}\p{N}_-]*)$/u.exec(field.value.slice(0, end))?.[0] ?? "";
  word = { start: end - typed.length, end };
  const inside = tokens(field.value).find(({ start, text }) => start < end && end <= start + text.length)?.kind;
  const mute = ["comment", "string", "iri"].includes(inside) || field.selectionEnd !== end;
  const enough = asked || /[?$:]/.test(typed) || (typed.length > 2 && !keyword(typed));
  offering = mute || !enough || !typed ? [] : (/^[?$]/.test(typed) ? variables(typed) : found(typed)).slice(0, MOST_OFFERS);
  if (!offering.length || offering[0].text === typed) return close();
  offers.replaceChildren(
    ...offering.map(({ text, words: said }, number) =>
      el(
        "li",
        { id: `offer-${number}`, role: "option", "aria-selected": "false", mousedown: (event) => event.preventDefault(), click: () => take(number) },
        el("code", {}, text),
        el("span", {}, words(said)),
      ),
    ),
  );
  offers.hidden = false;
  offered.textContent = `${offering.length} offered`;
  settle();
  point(0);
};

const take = (number) => {
  field.setRangeText(offering[number].text, word.start, word.end, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
  close();
  field.focus();
};

field.addEventListener("input", () => offer());
field.addEventListener("blur", close);
field.addEventListener("click", close);
field.addEventListener("keydown", (event) => {
  if (event.key === " " && event.ctrlKey) {
    event.preventDefault();
    offer(true);
  }
  if (offers.hidden) return;
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) point((taken + step + offering.length) % offering.length);
  else if (["Tab", "Enter"].includes(event.key) && !event.ctrlKey && !event.shiftKey) take(taken);
  else if (event.key === "Escape") close();
  else return;
  event.preventDefault();
});
