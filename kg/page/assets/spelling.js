// How far a name is from what was typed, small slips of the keyboard allowed.

const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/[’‘]/g, "'").replace(/\s+/g, " ").trim();

// The fewest letters dropped, added, changed or swapped with their neighbour (Damerau, Levenshtein) that make `asked` the
// beginning of `name`; more than `most` is Infinity.
const slips = (asked, name, most) => {
  const wide = Math.min(name.length, asked.length + most);
  let [last, row] = [[], Array.from({ length: wide + 1 }, (_, column) => column)];
  for (let line = 1; line <= asked.length; line++) {
    const next = [line];
    for (let column = 1; column <= wide; column++) {
      const same = asked[line - 1] === name[column - 1];
      next[column] = Math.min(row[column] + 1, next[column - 1] + 1, row[column - 1] + (same ? 0 : 1));
      if (line > 1 && column > 1 && asked[line - 1] === name[column - 2] && asked[line - 2] === name[column - 1])
        next[column] = Math.min(next[column], last[column - 2] + 1);
    }
    [last, row] = [row, next];
    if (Math.min(...row) > most) return Infinity;
  }
  const fewest = Math.min(...row);
  return fewest <= most ? fewest : Infinity;
};

// Lower is better: the whole name, its beginning, the beginning of a word in it, anything inside, then with slips.
const rank = (name, asked) => {
  if (name === asked) return 0;
  const at = name.indexOf(asked);
  if (at === 0) return 1;
  if (at > 0) return /[\p{L}\p{N}]/u.test(name[at - 1]) ? 3 : 2;
  const most = asked.length < 3 ? 0 : asked.length < 8 ? 1 : 2;
  if (!most) return Infinity;
  const starts = [0, ...[...name.matchAll(/[\s(-]+/g)].map((gap) => gap.index + gap[0].length)];
  const best = Math.min(...starts.map((start, word) => slips(asked, name.slice(start), most) + (word ? 0.2 : 0)));
  // Of two names as far away, the one as long as what was typed is meant.
  return 4 + 2 * best + Math.min(1, Math.abs(name.length - asked.length) / 20);
};
