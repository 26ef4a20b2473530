// What shapes, colours and lines mean, with how many of each are drawn.

const lineSample = (dashed) =>
  svg(
    "svg",
    { class: "sample", viewBox: "0 0 30 12", "aria-hidden": "true" },
    svg("path", { d: "M1 6h22", "stroke-dasharray": dashed ? "6 4" : null }),
    svg("path", { class: "head", d: "M21 2l8 4l-8 4z" }),
  );

const cardSample = (dashed) =>
  svg(
    "svg",
    { class: "sample", viewBox: "0 0 30 16", "aria-hidden": "true" },
    svg("rect", { x: 1, y: 1, width: 28, height: 14, rx: 4, "stroke-dasharray": dashed ? "4 3" : null }),
  );

const showLegend = () => {
  const item = (sample, label, count) =>
    el("li", {}, sample, ` ${label}`, count ? el("span", { class: "count" }, ` ${count}`) : null);
  const counts = new Map();
  for (const { family } of data.nodes) counts.set(family, (counts.get(family) ?? 0) + 1);
  const byCount = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  const planned = data.statements.filter((one) => one.drawn === "arrow" && one.status === "planned").length;
  const candidates = data.nodes.filter((node) => node.candidate).length;
  document.getElementById("legend").append(
    el(
      "ul",
      { "aria-label": "Legend" },
      byCount.map(([family, count]) => item(icon(family), families.get(family), count)),
      planned ? item(lineSample(true), "planned", planned) : null,
      candidates ? item(cardSample(true), "candidate: named in a text, not yet by a curator", candidates) : null,
    ),
    el(
      "p",
      { class: "drawn" },
      `Showing ${plural(nodes.size, "entity", "entities")} and ${plural(data.counts.arrows, "arrow")}; `,
      `${plural(data.counts.folded, "claim")} folded, ${plural(data.counts.rows, "value")} on cards.`,
    ),
  );
};
