// What is chosen: an entity or a statement, kept in the address, so that a link or "back" shows the same again.

const listeners = [];
const onChoice = (listener) => listeners.push(listener);

let wish = {};

const chosen = () => {
  const [, kind, id] = /^#(node|statement)=(.*)$/.exec(location.hash) ?? [];
  try {
    const name = decodeURIComponent(id ?? "");
    return { node: nodes, statement: statements }[kind]?.has(name) ? { kind, id: name } : null;
  } catch {
    return null; // a broken link
  }
};

const tell = () => {
  const choice = chosen();
  for (const listener of listeners) listener(choice, wish);
  wish = {};
};

// `centre`: the graph moves there. `read`: the panel gets the keyboard.
const choose = (kind, id, { centre = false, read = false } = {}) => {
  wish = { centre, read };
  const hash = kind ? `#${kind}=${encodeURIComponent(id)}` : "";
  if (location.hash !== hash) history.pushState(null, "", hash || location.pathname + location.search);
  tell();
};

// Back, forward, or an address changed by hand; the link to the table is not a choice.
window.addEventListener("popstate", () => {
  if (location.hash !== "#statements") tell();
});
