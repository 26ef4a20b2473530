// Every statement in a plain table: the same as the graph for who cannot see it, or would rather read.

const HEADS = [
  ["subject", "Who or what", (one) => one.subject.text],
  ["relation", "Relation", (one) => one.relation],
  ["object", "Whom or what", (one) => one.object.text],
  ["status", "Status", (one) => (isOpen(one) ? `${one.status}, open disagreement` : one.status)],
  ["day", "Day", (one) => one.days[0]?.[0] ?? ""],
  ["source", "Source", (one) => sourcesOf(one).join("; ")],
];
const PAGE = window.matchMedia("(max-width: 40rem)").matches ? 20 : 200; // rows that are made at a time

const searched = new Map(data.statements.map((one) => [one.id, fold(HEADS.map(([, , of]) => of(one)).join(" "))]));

const rowOf = (one) => {
  const cell = (number, ...content) => el("td", { role: "cell", "data-head": HEADS[number][1] }, el("div", {}, content));
  const open = (event) => {
    event.stopPropagation(); // else the row would choose it again
    choose("statement", one.id, { centre: true, read: true });
  };
  const said = `${one.relation}: show the sentences for ${one.subject.text}, ${one.relation}, ${one.object.text}`;
  const button = el("button", { type: "button", class: "link", "aria-label": said, click: open }, one.relation);
  return el(
    "tr",
    { role: "row", "data-id": one.id, click: () => choose("statement", one.id, { centre: true }) },
    cell(0, words(one.subject.text)),
    cell(1, button),
    cell(2, el("span", { class: one.object.kind, dir: "auto" }, one.object.text)),
    cell(3, HEADS[3][2](one)),
    cell(4, HEADS[4][2](one)),
    cell(5, words(sourcesOf(one).join("; "))),
  );
};

let listed = []; // the statements that filters and words keep, in the order asked for

const inEnglish = new Intl.Collator("en", { numeric: true }); // made once: for many rows it takes a while

const sorted = (list) => {
  const [, down, key] = /^(-?)(\w+)$/.exec(state.sort) ?? [];
  const of = HEADS.find(([name]) => name === key)?.[2];
  if (!of) return list;
  const made = list.map((one, place) => ({ one, place, key: of(one) }));
  // What has no day stands last either way.
  const order = (a, b) => (!a.key - !b.key) || (down ? -1 : 1) * inEnglish.compare(a.key, b.key) || a.place - b.place;
  return made.sort(order).map(({ one }) => one);
};

const head = ([key, title]) => {
  const now = state.sort === key ? "ascending" : state.sort === `-${key}` ? "descending" : "none";
  const next = { none: key, ascending: `-${key}`, descending: "" }[now];
  const turn = () => {
    change({ sort: next });
    document.querySelector(`th[data-key="${key}"] button`).focus();
  };
  return el("th", { role: "columnheader", scope: "col", "aria-sort": now, "data-key": key }, el("button", { type: "button", click: turn }, title, el("span", { "aria-hidden": "true" }, { none: "", ascending: " ↑", descending: " ↓" }[now])));
};

const body = el("tbody", { role: "rowgroup" });
const heads = el("tr", { role: "row" });
document.getElementById("table").append(
  el("table", { role: "table", "aria-labelledby": "statements-title" }, el("thead", { role: "rowgroup" }, heads), body),
);

const more = document.getElementById("more");

const markChosen = () => {
  for (const row of body.children) {
    const one = statements.get(row.dataset.id);
    const here = state.statement === one.id || (state.node && (one.card === state.node || endsOf(one).includes(state.node))) || (state.sentence && sentences.get(state.sentence).stated.some((said) => said.one === one));
    row.classList.toggle("chosen", !!here);
  }
};

const showMore = (most) => {
  const from = body.children.length;
  body.append(...listed.slice(from, from + most).map(rowOf));
  const left = listed.length - body.children.length;
  more.hidden = !left;
  more.textContent = `Show ${Math.min(PAGE, left)} more of ${plural(left, "statement")}`;
  markChosen();
};

const list = () => {
  const asked = fold(state.words).split(" ");
  listed = sorted(data.statements.filter((one) => keptStatements.has(one.id) && asked.every((word) => searched.get(one.id).includes(word))));
  heads.replaceChildren(...HEADS.map(head));
  body.replaceChildren();
  showMore(PAGE);
  document.getElementById("shown").textContent = `Showing ${listed.length.toLocaleString("en")} of ${plural(data.statements.length, "statement")}`;
};

more.addEventListener("click", () => {
  const from = body.children.length;
  showMore(PAGE);
  body.children[from].querySelector("button").focus();
});

const filterField = document.getElementById("filter");
filterField.addEventListener("input", () => change({ words: filterField.value }, { quietly: true }));

watch([...FILTERS, "words", "sort"], () => {
  if (filterField.value !== state.words) filterField.value = state.words;
  list();
});
watch(["node", "statement", "sentence"], markChosen);
