// What a statement disagrees with: the other statements, each a link, and what a curator said of it.

const saidOf = (one) => `${one.subject.text} — ${one.relation} → ${one.object.text}`;

const disagreement = (one, { id, about, verdict, why, statements: all }) =>
  el(
    "section",
    { class: verdict === OPEN ? "disagreement open" : "disagreement", "data-id": id },
    el("h3", {}, verdict === OPEN ? "Open disagreement" : `Disagreement, decided: ${verdict}`),
    el("p", { class: "source" }, words(about), verdict === OPEN ? " · no curator has decided" : null),
    why ? el("p", {}, words(why)) : null,
    el("p", {}, "It disagrees with:"),
    el(
      "ul",
      { class: "lines" },
      all
        .filter((other) => other !== one.id)
        .map((other) => statements.get(other))
        .map((other) => el("li", {}, link("statement", other.id, words(saidOf(other))), quote(other.evidence[0]), el("p", { class: "source" }, sourcesOf(other).join("; ")))),
    ),
  );

const disagreements = (one) => (disagreementsOf.get(one.id) ?? []).map((some) => disagreement(one, some));
