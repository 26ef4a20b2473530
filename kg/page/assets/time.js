// A strip of documents, events and claims by day, with a brush that filters; what has no day is counted beside it.

const LANES = [["document", "documents"], ["event", "events"], ["claim", "claims"]];
const TALL = 18; // of a lane
const strip = document.getElementById("strip");
const spanBox = document.getElementById("span");

const toNumber = (day) => Date.parse(`${day}T00:00:00Z`) / 864e5;
const toDay = (number) => new Date(Math.round(number) * 864e5).toISOString().slice(0, 10);

const dayBounds = () => {
  const days = data.moments.flatMap(({ begin, end }) => [toNumber(begin), toNumber(end)]);
  const [first, last] = [days.reduce((a, b) => Math.min(a, b), Infinity), days.reduce((a, b) => Math.max(a, b), -Infinity)];
  const room = Math.max(10, (last - first) * 0.03);
  return [first - room, last + room];
};

const [earliest, latest] = data.moments.length ? dayBounds() : [0, 1];
const LEFT = 84;
let wide = 600;
const toX = (number) => LEFT + ((number - earliest) / (latest - earliest)) * (wide - LEFT - 10);
const toNumberAt = (x) => earliest + ((Math.min(Math.max(x, LEFT), wide - 10) - LEFT) / (wide - LEFT - 10)) * (latest - earliest);

// Years, or months where there are only few.
const ticks = () => {
  const [first, last] = [new Date(earliest * 864e5), new Date(latest * 864e5)];
  const months = (last.getUTCFullYear() - first.getUTCFullYear()) * 12 + last.getUTCMonth() - first.getUTCMonth();
  const step = [1, 3, 12, 60, 120].find((some) => months / some <= wide / 90) ?? 600;
  const made = [];
  for (let month = Math.ceil((first.getUTCFullYear() * 12 + first.getUTCMonth() + 1) / step) * step; ; month += step) {
    const day = Date.UTC(Math.floor(month / 12), month % 12, 1) / 864e5;
    if (day > latest) return made;
    made.push({ x: toX(day), label: step < 12 ? toDay(day).slice(0, 7) : String(Math.floor(month / 12)) });
  }
};

// What falls on one spot of a lane is one mark, which says how many it stands for.
const spotsOf = (lane) => {
  const spots = new Map();
  for (const one of data.moments.filter((moment) => moment.lane === lane)) {
    const x = Math.round(toX(toNumber(one.begin)) / 4) * 4;
    const key = `${x}/${Math.round(toX(toNumber(one.end)) / 4) * 4}/${one.open}`;
    push(spots, key, one);
  }
  return [...spots.values()];
};

const momentName = ({ lane, id }) => (lane === "document" ? titleOf(id) : nodes.get(id)?.label ?? id);
const momentDays = ({ begin, end, open }) =>
  open === "end" ? `from ${begin}, end not told` : open === "begin" ? `until ${end}, begin not told` : begin === end ? begin : `${begin} to ${end}`;

let telling = new Set(); // the documents of what the filters keep
const alive = ({ lane, id }) => (lane === "document" ? telling : keptNodes).has(id);

const pickMoment = ({ lane, id }) => (lane === "document" ? change({ doc: id }) : choose("node", id, { centre: true }));

const momentMark = (some, row) => {
  const [one] = some;
  const [from, to] = [toX(toNumber(one.begin)), toX(toNumber(one.end))];
  const y = 4 + row * TALL;
  const size = Math.min(TALL - 6, 6 + 1.6 * Math.sqrt(some.length));
  const name = `${some.length > 1 ? `${plural(some.length, one.lane)}, among them ` : ""}${short(momentName(one), 80)}, ${momentDays(one)}`;
  return svg(
    "g",
    { class: `moment ${one.lane} ${one.open ? "open" : ""} ${some.some(alive) ? "" : "out"}`, click: () => pickMoment(one) },
    svg("rect", { x: from - size / 2, y: y + (TALL - 4 - size) / 2, width: Math.max(size, to - from + size), height: size, rx: size / 2 }),
    svg("title", {}, name),
  );
};

const drawStrip = () => {
  telling = new Set(data.statements.filter((one) => keptStatements.has(one.id)).flatMap((one) => one.evidence.map((reading) => reading.document)));
  wide = Math.max(280, strip.clientWidth);
  const high = LANES.length * TALL + 26;
  const picture = svg(
    "svg",
    { viewBox: `0 0 ${wide} ${high}`, width: wide, height: high, role: "img", "aria-label": `Strip of time: ${LANES.map(([lane, many]) => `${data.moments.filter((one) => one.lane === lane).length} ${many}`).join(", ")} with a day. The fields below it filter by day.` },
    ticks().map(({ x, label }) => [svg("line", { class: "tick", x1: x, x2: x, y1: 0, y2: LANES.length * TALL + 6 }), svg("text", { class: "label", x, y: high - 4, "text-anchor": x > wide - 24 ? "end" : "middle" }, label)]),
    LANES.map(([lane, many], row) => [svg("text", { class: "lane", x: 0, y: row * TALL + 15 }, many), spotsOf(lane).map((some) => momentMark(some, row))]),
  );
  if (brushed()) {
    const [from, to] = [state.from ? toX(toNumber(state.from)) : LEFT, state.to ? toX(toNumber(state.to)) : wide - 10];
    picture.append(svg("rect", { class: "brush", x: Math.min(from, to), y: 0, width: Math.max(2, to - from), height: LANES.length * TALL + 6 }));
  }
  strip.replaceChildren(picture);
};

let pulled = null; // the day at which a brush began
const dayAt = (event) => toNumberAt(event.clientX - strip.getBoundingClientRect().left);
strip.addEventListener("pointerdown", (event) => {
  if (data.moments.length) pulled = { day: dayAt(event), x: event.clientX, far: false };
});
strip.addEventListener("pointermove", (event) => {
  if (!pulled) return;
  if (!pulled.far && Math.abs(event.clientX - pulled.x) < 6) return;
  if (!pulled.far) strip.setPointerCapture(event.pointerId);
  const [from, to] = [pulled.day, dayAt(event)].sort((a, b) => a - b);
  change({ from: toDay(from), to: toDay(to) }, { quietly: pulled.far }); // one step for "back"
  pulled.far = true;
});
for (const event of ["pointerup", "pointercancel"]) window.addEventListener(event, () => (pulled = null));

const dayField = (key, label) => {
  const input = el("input", { type: "date", change: () => change({ [key]: DAY.test(input.value) ? input.value : "" }) });
  return { input, element: el("label", {}, `${label} `, input), show: () => input.value !== state[key] && (input.value = state[key]) };
};
const dayFields = [dayField("from", "From"), dayField("to", "to")];
const keepUndated = el("input", { type: "checkbox", change: () => change({ undated: keepUndated.checked ? "kept" : "" }) });
const undatedCount = el("span", { class: "undated" });
const allDays = el("button", { type: "button", class: "link", click: () => change({ from: "", to: "", undated: "" }) }, "All days");
const keepLabel = el("label", {}, keepUndated, " keep them");

const showSpan = () => {
  for (const field of dayFields) field.show();
  keepUndated.checked = state.undated === "kept";
  undatedCount.textContent = undated ? `${plural(undated, "statement")} without a day${brushed() ? (state.undated ? ", kept" : ", left out") : ""}` : "every statement has a day";
  keepLabel.hidden = !undated || !brushed();
  allDays.hidden = !brushed();
};

spanBox.append(...dayFields.map(({ element }) => element), undatedCount, keepLabel, allDays);
new ResizeObserver(drawStrip).observe(strip);
watch(FILTERS, () => {
  drawStrip();
  showSpan();
});
