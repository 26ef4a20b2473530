// How a node is drawn on the canvas: a card with the shape of its family, its name in lines, its count of claims.

const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif';
const SIDE = 36; // where the text begins; the numbers agree with scene.py
const LINE = 16;
const TINY = 0.3; // below this zoom names could not be read, so only shapes are drawn
const FAINT = 0.22;
const VEIL = 0.75; // what a faded card leaves of the lines that run behind it

const paths = new Map([...shapes].map(([family, { path }]) => [family, new Path2D(path)]));

let lit = null; // the ids of what is chosen and its neighbours; null: everything
let moving = false; // the whole drawing: names and labels rest

const card = (ctx, { wide, high }, x, y, round) => {
  ctx.beginPath();
  if (ctx.roundRect) ctx.roundRect(x - wide / 2, y - high / 2, wide, high, round);
  else ctx.rect(x - wide / 2, y - high / 2, wide, high);
};

const sign = (ctx, node, x, y, size) => {
  const path = paths.get(node.family);
  const hue = colours[shapes.get(node.family).colour];
  ctx.save();
  ctx.translate(x, y);
  ctx.scale(size, size);
  ctx.lineWidth = 1.6;
  ctx.strokeStyle = node.candidate ? hue : colours.ink;
  ctx.fillStyle = node.candidate ? colours.surface : hue;
  ctx.fill(path);
  ctx.globalAlpha *= node.candidate ? 1 : 0.45;
  ctx.stroke(path);
  ctx.restore();
};

const text = (ctx, node, drawn, x, y) => {
  ctx.textAlign = "left";
  ctx.textBaseline = "middle";
  ctx.direction = "ltr";
  const left = x - drawn.wide / 2 + SIDE;
  const first = y - ((drawn.lines.length - 1) * LINE) / 2;
  drawn.lines.forEach((line, number) => {
    const claims = node.claims > 0 && number === drawn.lines.length - 1;
    ctx.font = claims ? `600 11.5px ${FONT}` : node.words ? `400 12.5px ${FONT}` : `500 13px ${FONT}`;
    ctx.fillStyle = claims ? colours.accent : colours.ink;
    ctx.fillText(line, left, first + number * LINE, drawn.wide - SIDE - 6);
  });
};

const renderer = ({ ctx, id, x, y, state: { selected, hover } }) => {
  const node = nodes.get(id);
  const drawn = places.get(id);
  return {
    drawNode() {
      if (lit && !lit.has(id)) {
        ctx.globalAlpha = VEIL;
        card(ctx, drawn, x, y, node.words ? 3 : 9);
        ctx.fillStyle = colours.paper;
        ctx.fill();
        ctx.globalAlpha = FAINT;
      }
      if (network.getScale() < TINY) {
        sign(ctx, node, x, y, 2.4);
        return;
      }
      card(ctx, drawn, x, y, node.words ? 3 : 9);
      ctx.fillStyle = node.words ? colours.wash : colours.surface;
      ctx.fill();
      if (!moving) {
        ctx.lineWidth = selected ? 2.4 : 1.2;
        ctx.strokeStyle = selected ? colours.accent : hover ? colours.ink : colours.edge;
        ctx.setLineDash(node.candidate && !node.words ? [5, 4] : []);
        ctx.stroke();
        ctx.setLineDash([]);
      }
      sign(ctx, node, x - drawn.wide / 2 + SIDE / 2 + 1, y, 1);
      if (!moving) text(ctx, node, drawn, x, y);
    },
    nodeDimensions: { width: drawn.wide, height: drawn.high },
  };
};
