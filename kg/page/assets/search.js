// Find an entity by any of its names, with the keyboard alone: type, arrow keys, Enter; Escape closes.

const searchField = document.getElementById("search");
const foundList = document.getElementById("found");
const foundCount = document.getElementById("found-count");
const MOST = 8;

const searchIndex = entities.flatMap((node) =>
  [node.label, ...node.names].map((name, number) => ({ node, name, folded: fold(name), alias: number > 0 })),
);

const find = (query) => {
  const asked = fold(query);
  if (!asked) return [];
  const best = new Map();
  for (const entry of searchIndex) {
    const score = rank(entry.folded, asked) + (entry.alias ? 0.5 : 0);
    if (score < (best.get(entry.node.id)?.score ?? Infinity)) best.set(entry.node.id, { ...entry, score });
  }
  const weight = ({ node }) => statementsOf.get(node.id).length;
  return [...best.values()].sort((a, b) => a.score - b.score || weight(b) - weight(a) || (a.name < b.name ? -1 : 1)).slice(0, MOST);
};

let found = [];
let active = -1;

const mark = (number) => {
  active = number;
  [...foundList.children].forEach((item, index) => item.setAttribute("aria-selected", index === active));
  if (active >= 0) {
    searchField.setAttribute("aria-activedescendant", `found-${active}`);
    foundList.children[active].scrollIntoView({ block: "nearest" });
  } else searchField.removeAttribute("aria-activedescendant");
};

const showFound = () => {
  found = find(searchField.value);
  foundList.replaceChildren(
    ...found.map(({ node, name, alias }, number) =>
      el(
        "li",
        {
          id: `found-${number}`,
          role: "option",
          "aria-selected": "false",
          mousedown: (event) => event.preventDefault(),
          click: () => take(number),
        },
        icon(node.family, node.candidate),
        el("span", {}, words(node.label), alias ? el("span", { class: "alias" }, " ", words(name)) : null),
        el("span", { class: "type" }, node.type),
      ),
    ),
  );
  foundList.hidden = !found.length;
  searchField.setAttribute("aria-expanded", String(!!found.length));
  const asked = searchField.value.trim();
  foundCount.textContent = !asked ? "" : found.length ? `${plural(found.length, "name")} found` : "Nobody and nothing by that name";
  foundCount.classList.toggle("unseen", !asked || found.length > 0);
  mark(found.length ? 0 : -1);
};

const closeFound = () => {
  foundList.hidden = true;
  foundCount.classList.add("unseen");
  searchField.setAttribute("aria-expanded", "false");
  mark(-1);
};

const take = (number) => {
  if (!found[number]) return;
  searchField.value = found[number].node.label;
  closeFound();
  choose("node", found[number].node.id, { centre: true, read: true });
};

searchField.addEventListener("input", showFound);
searchField.addEventListener("blur", closeFound);
searchField.addEventListener("keydown", (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) {
    event.preventDefault();
    if (foundList.hidden) showFound();
    else if (found.length) mark((active + step + found.length) % found.length);
  } else if (event.key === "Enter") {
    event.preventDefault();
    if (foundList.hidden) showFound();
    take(Math.max(active, 0));
  } else if (event.key === "Escape") {
    if (foundList.hidden) searchField.value = "";
    closeFound();
  }
});
