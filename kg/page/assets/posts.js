// Posts as a line through time. A text tells that a post was held as of a day; when it began and ended is mostly unknown,
// and is drawn so.

const postOf = (one) => one.qualifiers.find(([name]) => name === "post")?.[1] || one.relation;

const firstDay = (one) => one.days[0]?.[0] ?? "";

const asOf = (one) => {
  const days = one.days.map(([begin]) => begin);
  if (!days.length) return "as of a day that no document tells";
  const [first, last] = [days[0], days.at(-1)];
  return first === last ? `as of ${first}` : `as of ${first} to ${last}`;
};

const timeline = (list, node) => {
  const ordered = [...list].sort((a, b) => (firstDay(a) || "9").localeCompare(firstDay(b) || "9")); // no day: last
  return el(
    "ol",
    { class: "posts" },
    ordered.map((one) => {
      const mine = one.subject.id === node.id;
      const other = mine ? one.object : one.subject;
      return el(
        "li",
        { class: one.status },
        el("p", {}, link("statement", one.id, words(postOf(one))), mine ? " of " : ": ", term(other), " ", statusOf(one)),
        el("p", { class: "source" }, asOf(one), "; begin and end not told · ", sourcesOf(one).join("; ")),
      );
    }),
  );
};
