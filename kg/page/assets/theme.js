// The colours of the style sheet, for the canvas; they change with the system's light and dark.

const dark = window.matchMedia("(prefers-color-scheme: dark)");
const TONES = ["paper", "surface", "ink", "muted", "line", "edge", "accent", "wash"];
const HUES = ["blue", "sky", "orange", "green", "vermilion", "purple", "yellow", "grey"];

const colours = {};

const readColours = () => {
  const style = getComputedStyle(document.documentElement);
  for (const name of [...TONES, ...HUES]) colours[name] = style.getPropertyValue(`--${name}`).trim();
};

const onTheme = (listener) =>
  dark.addEventListener("change", () => {
    readColours();
    listener();
  });

readColours();
