// Beside the graph: the card of what is chosen, or how to read the page.

const panel = document.getElementById("panel");

const intro = () => [
  el("h2", {}, "How to read this"),
  el(
    "p",
    {},
    "Each card is somebody or something that the documents name; each arrow, value and claim is a statement. ",
    "Pick an arrow, a card, or a row of the table, and you see the sentences that say so and the rule that read them. ",
    "Pick a sentence of a document, and its arrows light up.",
  ),
  markKey(),
  el("h3", {}, plural(documents.size, "document")),
  el(
    "ul",
    { class: "lines" },
    [...documents.keys()].map((name) =>
      el("li", {}, el("button", { type: "button", class: "link", click: () => change({ doc: name }) }, words(titleOf(name))), source(name, false), translatedNote(name)),
    ),
  ),
];

const cardOf = ({ kind, what }) =>
  kind === "statement" ? statementCard(what) : kind === "sentence" ? sentenceCard(what) : what.words ? claimCard(what) : nodeCard(what);

const showCard = (wish) => {
  const choice = chosen();
  panel.replaceChildren(...[choice ? cardOf(choice) : intro()].flat(Infinity).filter(Boolean));
  if (wish.read) panel.focus({ preventScroll: true });
};

watch(["node", "statement", "sentence"], (wish) => {
  showCard(wish);
  panel.scrollTop = 0;
  if (!chosen() || wish.stay) return;
  const { top, bottom } = panel.getBoundingClientRect();
  const seen = Math.min(bottom, window.innerHeight) - Math.max(top, 0);
  if (seen < 160) panel.scrollIntoView({ block: "start", behavior: quietly.matches ? "auto" : "smooth" });
});
// What a card says of the picture changes with it; the keyboard, and what was unfolded, stay where they were.
const refresh = () => {
  if (!chosen()) return;
  const places = () => [...panel.querySelectorAll("button, summary")];
  const at = places().indexOf(document.activeElement);
  const unfolded = panel.querySelector("details")?.open;
  showCard({});
  if (unfolded) panel.querySelector("details")?.setAttribute("open", "");
  if (at >= 0) (places()[at] ?? panel).focus({ preventScroll: true });
};
watch(["open", "add", ...FILTERS], refresh);
