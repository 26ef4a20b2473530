// Elements out of names, attributes and children; a string is always text, never markup.

const add = (element, attributes, children) => {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value !== false && value != null) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
};

const el = (name, attributes = {}, ...children) => add(document.createElement(name), attributes, children);

const svg = (name, attributes = {}, ...children) =>
  add(document.createElementNS("http://www.w3.org/2000/svg", name), attributes, children);

// Words of a document or of a curator: their direction ends where they end.
const words = (text) => el("bdi", {}, text);

const icon = (family, hollow = false) => {
  const { path, colour } = shapes.get(family);
  return svg(
    "svg",
    { class: `icon ${colour}${hollow ? " hollow" : ""}`, viewBox: "-11 -11 22 22", "aria-hidden": "true" },
    svg("path", { d: path }),
  );
};

const quietly = window.matchMedia("(prefers-reduced-motion: reduce)");

// Brings an element into sight inside what scrolls around it, without moving the page.
const reveal = (element, inside) => {
  const [box, around] = [element.getBoundingClientRect(), inside.getBoundingClientRect()];
  if (box.top >= around.top + 24 && box.bottom <= around.bottom - 24) return;
  const top = inside.scrollTop + box.top - around.top - Math.max(24, (around.height - box.height) / 2);
  inside.scrollTo({ top, behavior: quietly.matches ? "auto" : "smooth" });
};
