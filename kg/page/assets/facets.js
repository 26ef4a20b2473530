// The legend, which is the filter: what shapes, colours and lines mean, how many there are, and a switch for each.

const CURVE = { planned: "6 4", [OPEN]: "2 3" };

const lineSample = (status) =>
  svg(
    "svg",
    { class: `sample ${status}`, viewBox: "0 0 30 12", "aria-hidden": "true" },
    svg("path", { d: "M1 6h22", "stroke-dasharray": CURVE[status] }),
    svg("path", { class: "head", d: "M21 2l8 4l-8 4z" }),
  );

const cardSample = (dashed) =>
  svg(
    "svg",
    { class: "sample", viewBox: "0 0 30 16", "aria-hidden": "true" },
    svg("rect", { x: 1, y: 1, width: 28, height: 14, rx: 4, "stroke-dasharray": dashed ? "4 3" : null }),
  );

const SAMPLES = {
  class: (value) => icon(value),
  status: (value) => (["asserted", "planned", OPEN].includes(value) ? lineSample(value) : null),
  curation: (value) => cardSample(value === "candidate"),
};

// Every value that a facet has, the commonest first.
const facetTotals = Object.fromEntries(
  FACETS.map((name) => {
    const { counts, node, of } = facets[name];
    const totals = new Map();
    for (const one of counts ? data.nodes : data.statements)
      for (const value of counts ? [node(one)].filter((some) => some !== null) : of(one)) totals.set(value, (totals.get(value) ?? 0) + 1);
    return [name, [...totals].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))];
  }),
);

const flip = (name, value) => {
  const off = new Set(state.off[name]);
  if (!off.delete(value)) off.add(value);
  change({ off: { ...state.off, [name]: [...off].sort() } });
};

// Only this one; or, if it is the only one, all again.
const only = (name, value) => {
  const others = facetTotals[name].map(([one]) => one).filter((one) => one !== value);
  const alone = others.every((one) => state.off[name].includes(one)) && !state.off[name].includes(value);
  change({ off: { ...state.off, [name]: alone ? [] : others.sort() } });
};

const facetRow = (name, value, total) => {
  const label = facets[name].label(value);
  const box = el("input", { type: "checkbox", change: () => flip(name, value) });
  const count = el("span", { class: "count" });
  const alone = el("button", { type: "button", class: "only", "aria-label": `Only ${label}`, click: () => only(name, value) }, "only");
  return {
    value,
    row: el("li", {}, el("label", {}, box, SAMPLES[name]?.(value), el("span", { class: "name" }, words(label)), count), total.size > 1 ? alone : null),
    show() {
      box.checked = !state.off[name].includes(value);
      const now = facetCounts[name].get(value)?.size ?? 0;
      const all = total.get(value);
      count.textContent = now === all ? all.toLocaleString("en") : `${now.toLocaleString("en")} / ${all.toLocaleString("en")}`;
    },
  };
};

const facetGroups = FACETS.map((name) => {
  const totals = new Map(facetTotals[name]);
  const rows = facetTotals[name].map(([value]) => facetRow(name, value, totals));
  const changed = el("span", { class: "changed" });
  const open = ["class", "status", "curation"].includes(name);
  return {
    rows,
    element: el("details", { open, class: "facet" }, el("summary", {}, facets[name].title, changed), el("ul", {}, rows.map(({ row }) => row))),
    show() {
      for (const one of rows) one.show();
      changed.textContent = state.off[name].length ? ` · ${plural(state.off[name].length, "off", "off")}` : "";
    },
  };
});

const showing = document.getElementById("showing");
const clear = el("button", { type: "button", class: "link", click: clearFilters }, "Clear filters");

const count = (now, all, one, many) => (now === all ? plural(all, one, many) : `${now.toLocaleString("en")} of ${plural(all, one, many)}`);

const showFacets = () => {
  for (const group of facetGroups) group.show();
  showing.replaceChildren(
    `Showing ${count(keptEntities(), entities.length, "entity", "entities")} and ${count(keptStatements.size, data.statements.length, "statement")}. `,
    ...(anyFilter() ? [clear] : []),
  );
};

const leftOut = document.getElementById("left-out");
const showLeftOut = () => {
  const out = [...keptNodes].filter((id) => !drawnNodes.has(id) && !nodes.get(id).words).length;
  leftOut.hidden = !out;
  const back = el("button", { type: "button", class: "link", click: () => change({ add: [] }) }, "Take away what was added");
  leftOut.replaceChildren(
    `In the picture: ${plural(drawnNodes.size, "node")}. ${plural(out, "entity", "entities")} less connected left out: search, or add them from a card. `,
    ...(state.add.length ? [back] : []),
  );
};

// Beside the graph they are open; where there is no room they are folded.
const roomy = window.matchMedia("(min-width: 75.01rem)");
const unfold = () => (document.getElementById("all-facets").open = roomy.matches);
roomy.addEventListener("change", unfold);
unfold();

document.getElementById("facet-groups").append(...facetGroups.map(({ element }) => element));
watch(FILTERS, showFacets);
watch(VIEW, showLeftOut);
