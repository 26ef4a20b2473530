// Every statement in a plain table: the same as the graph for who cannot see it, or would rather read.

const HEADS = ["Who or what", "Relation", "Whom or what", "Status", "Source"];

const rowOf = (one) => {
  const cell = (number, ...content) => el("td", { role: "cell", "data-head": HEADS[number] }, el("div", {}, content));
  const open = (event) => {
    event.stopPropagation(); // else the row would choose it again
    choose("statement", one.id, { centre: true, read: true });
  };
  const told = `${one.relation}: show the sentences for ${one.subject.text}, ${one.relation}, ${one.object.text}`;
  const button = el("button", { type: "button", class: "link", "aria-label": told, click: open }, one.relation);
  return el(
    "tr",
    { role: "row", "data-id": one.id, click: () => choose("statement", one.id, { centre: true }) },
    cell(0, words(one.subject.text)),
    cell(1, button),
    cell(2, el("span", { class: one.object.kind, dir: "auto" }, one.object.text)),
    cell(3, one.status),
    cell(4, words(sourcesOf(one).join("; "))),
  );
};

const rows = data.statements.map((one) => ({
  one,
  row: rowOf(one),
  text: fold([one.subject.text, one.relation, one.object.text, one.status, ...sourcesOf(one)].join(" ")),
}));

const showTable = () => {
  document.getElementById("table").append(
    el(
      "table",
      { role: "table", "aria-labelledby": "statements-title" },
      el("thead", { role: "rowgroup" }, el("tr", { role: "row" }, HEADS.map((head) => el("th", { role: "columnheader", scope: "col" }, head)))),
      el("tbody", { role: "rowgroup" }, rows.map(({ row }) => row)),
    ),
  );
  filterTable();
};

const filterTable = () => {
  const asked = fold(document.getElementById("filter").value).split(/\s+/);
  let shown = 0;
  for (const { row, text } of rows) {
    row.hidden = !asked.every((word) => text.includes(word));
    shown += !row.hidden;
  }
  document.getElementById("shown").textContent = `Showing ${shown} of ${plural(rows.length, "statement")}`;
};

document.getElementById("filter").addEventListener("input", filterTable);

onChoice((choice) => {
  for (const { one, row } of rows) {
    const here = choice && (choice.kind === "statement" ? one.id === choice.id : one.card === choice.id || one.object.id === choice.id);
    row.classList.toggle("chosen", !!here);
  }
});
