// What can be taken along: the view as PNG and SVG, what is shown as Turtle and CSV, and a link to the view.

const said = document.getElementById("said");

const save = (content, name) => {
  const link = el("a", { href: URL.createObjectURL(content), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000); // a slow disk may still be reading
  said.textContent = `Saved ${name}`;
};

const copy = async (text, what) => {
  try {
    await navigator.clipboard.writeText(text);
    said.textContent = `${what} is on the clipboard`;
  } catch {
    showText(text, what); // no clipboard here: then by hand
  }
};

const showText = (text, what) => {
  const field = el("textarea", { readonly: true, rows: 8, "aria-label": what }, text);
  const box = el("dialog", { "aria-label": what }, el("p", {}, "Copy it from here:"), field, el("form", { method: "dialog" }, el("button", {}, "Close")));
  box.addEventListener("close", () => box.remove());
  document.body.append(box);
  box.showModal();
  field.select();
};

// What a spreadsheet might read as a formula has an apostrophe before it: at the beginning of a cell, and wherever one would
// begin if the file is cut at semicolons, tabs and lines, as spreadsheets do where the comma stands in numbers. They skip
// spaces, marks that cannot be seen and quotation marks, and some know the wide and the small signs of East Asia, too.
const FORMULA = /(?<=^|[;\t\r\n])(?=[\s\p{C}"]*[=+\-@\u2212\ufe62\ufe63\ufe66\ufe6b\uff0b\uff0d\uff1d\uff20])|^(?=[\t\r\n])/gu;
const csvCell = (value) => `"${value.replace(FORMULA, "'").replaceAll('"', '""')}"`;

const CSV = [
  ["subject", (one) => one.subject.text],
  ["relation", (one) => one.relation],
  ["object", (one) => one.object.text],
  ["status", (one) => one.status],
  ["qualifiers", (one) => [...one.qualifiers, ...one.evidence[0].qualifiers].map(([name, value]) => `${name}: ${value}`).join("; ")],
  ["days", (one) => one.days.map(([begin, end]) => (begin === end ? begin : `${begin}/${end}`)).join("; ")],
  ["sources", (one) => sourcesOf(one).join("; ")],
  ["sentences", (one) => one.evidence.map(quoted).join(" | ")],
  ["rules", (one) => unique(one.evidence.map((reading) => reading.rule)).join("; ")],
  ["independent documents", (one) => String(one.independent)],
  ["disagrees with", (one) => (disagreementsOf.get(one.id) ?? []).map(({ verdict, statements: all }) => `${verdict}: ${all.filter((id) => id !== one.id).join(" ")}`).join("; ")],
  ["statement", (one) => iriOf(`statement/${one.id}`)],
];

const csvOf = (some) => [CSV.map(([name]) => name), ...some.map((one) => CSV.map(([, of]) => of(one)))].map((row) => `${row.map(csvCell).join(",")}\r\n`).join("");

const takers = {
  "take-csv": () => save(new Blob(["\ufeff", csvOf(listed)], { type: "text/csv" }), "statements.csv"),
  "take-turtle": () => save(new Blob([turtleOf(listed)], { type: "text/turtle" }), "statements.ttl"),
  "take-svg": () => save(new Blob([svgOfView()], { type: "image/svg+xml" }), "graph.svg"),
  "take-png": () => {
    network.redraw(); // what was last changed may not have been drawn yet
    const drawn = canvas.querySelector("canvas");
    const whole = el("canvas", { width: drawn.width, height: drawn.height });
    const context = whole.getContext("2d");
    context.fillStyle = colours.paper;
    context.fillRect(0, 0, whole.width, whole.height);
    context.drawImage(drawn, 0, 0);
    whole.toBlob((made) => save(made, "graph.png"));
  },
  "copy-link": () => copy(location.href, "A link to this view"),
};
for (const [id, take] of Object.entries(takers)) document.getElementById(id).addEventListener("click", take);
