// Where nodes lie that are drawn on demand: each in the free room nearest to what it is joined with, one after the other
// as the address names them. So one link always shows one picture.

const SQUARE = 56; // free room is looked for in squares of this side
const CLEAR = 12; // free space around a node

const settled = new Map(); // places by id
const full = new Set(); // the squares in which something lies
const searchedTo = new Map(); // by the square wished for, the ring up to which all was full
let guests = []; // who came on demand, in order

const square = (x, y) => (Math.floor(x / SQUARE) + 0x8000) * 0x10000 + Math.floor(y / SQUARE) + 0x8000;

const squaresOf = ({ wide, high }, { x, y }) => {
  const [right, below] = [x + wide / 2 + CLEAR, y + high / 2 + CLEAR];
  const found = [];
  for (let left = x - wide / 2 - CLEAR; ; left = Math.min(left + SQUARE, right)) {
    for (let top = y - high / 2 - CLEAR; ; top = Math.min(top + SQUARE, below)) {
      found.push(square(left, top));
      if (top === below) break;
    }
    if (left === right) return found;
  }
};

const settle = (id, spot) => {
  settled.set(id, spot);
  for (const one of squaresOf(places.get(id), spot)) full.add(one);
};

// The nearest place, on rings around the one wished for, in which nothing lies.
const freeSpot = (box, wish) => {
  const origin = square(wish.x, wish.y);
  for (let ring = searchedTo.get(origin) ?? 0; ; ring++) {
    for (let step = 0, steps = Math.max(1, 8 * ring); step < steps; step++) {
      const turn = (2 * Math.PI * step) / steps;
      const spot = { x: Math.round(wish.x + 1.4 * ring * SQUARE * Math.cos(turn)), y: Math.round(wish.y + ring * SQUARE * Math.sin(turn)) };
      if (squaresOf(box, spot).some((one) => full.has(one))) continue;
      searchedTo.set(origin, ring);
      return spot;
    }
  }
};

const clearRoom = () => {
  guests = [];
  for (const used of [settled, full, searchedTo]) used.clear();
  for (const id of opening) settle(id, { x: places.get(id).x, y: places.get(id).y });
};

// Room for these, in this order; who has it already and comes first keeps it.
const makeRoom = (ids) => {
  if (!guests.every((id, number) => ids[number] === id)) clearRoom();
  for (const id of ids.slice(guests.length)) {
    const near = unique(arrowsAt(id).flatMap(endsOf)).filter((end) => settled.has(end)).map((end) => settled.get(end));
    const mean = (axis) => near.reduce((sum, spot) => sum + spot[axis], 0) / Math.max(1, near.length);
    settle(id, freeSpot(places.get(id), { x: mean("x"), y: mean("y") }));
    guests.push(id);
  }
};

// Where a node lies at first; a claim lies beside who made it, wherever that one was dragged.
const spotOf = (id) => {
  const { of, x, y } = places.get(id);
  if (of === undefined) return settled.get(id);
  const agent = settled.has(of) ? of : state.open;
  const at = network.getPositions([agent])[agent] ?? settled.get(agent);
  return { x: at.x + x, y: at.y + y };
};
