// Draws what bench/engines.mjs measured: rows to seconds, both axes logarithmic, one line an engine.
// Lines differ by colour, dashes and marks, and each has its name beside it.
// usage: npm run build && node bench/curve.mjs FIGURES.json [FILE.svg]
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { scaleLog } from "d3-scale";
import { line, symbol, symbolsFill } from "d3-shape";
import { escaped, element, paint, picture, stroke, text } from "../dist/renderers/charts/markup.js";
import { widthOf } from "../dist/renderers/charts/text-width.js";

const [, , file, svg = fileURLToPath(new URL("engines.svg", import.meta.url))] = process.argv;
const all = JSON.parse(readFileSync(file, "utf8"));
const engines = enginesOf(all);
if (engines.length === 0) throw new Error(`${file} holds no figures`);
writeFileSync(svg, draw(engines));

/** Every engine with its points by rows. */
function enginesOf(runs) {
  const found = new Map();
  for (const { rows, results } of runs) {
    for (const { form, title, seconds } of results) {
      if (!found.has(form)) found.set(form, { title, points: [] });
      found.get(form).points.push({ rows, seconds });
    }
  }
  return [...found.values()].map(({ title, points }) => ({
    title,
    points: points.toSorted(byRows),
  }));
}

function byRows(one, other) {
  return one.rows - other.rows;
}

function draw(drawn) {
  const points = drawn.flatMap((engine) => engine.points);
  const rows = points.map((point) => point.rows);
  const seconds = points.map((point) => point.seconds);
  const labels = Math.max(...drawn.map(({ title }) => widthOf(title, 12, 600)));
  const [width, height] = [720, 440];
  const plot = { left: 56, right: width - labels - 44, top: 36, bottom: height - 44 };
  const x = scaleLog().domain(decades(rows)).range([plot.left, plot.right]);
  const y = scaleLog().domain(decades(seconds)).range([plot.bottom, plot.top]);
  const ends = apart(
    drawn.map((engine) => y(engine.points.at(-1).seconds)),
    plot,
  );
  return picture({ width, height }, titleOf(rows), [
    element("desc", {}, escaped(described(drawn))),
    element("rect", { width, height, ...paint("surface") }),
    text("seconds", { x: 8, y: 18, size: 11 }),
    text("rows of the log", { x: plot.right, y: height - 8, size: 11, anchor: "end" }),
    ...grid(x, y, plot),
    ...rates(x, y),
    ...drawn.map((engine, index) =>
      curve(engine, styleOf(index), { x, y, plot, end: ends[index] }),
    ),
  ]);
}

/** The powers of ten around all values, at least one decade. */
function decades(values) {
  const low = Math.floor(Math.log10(Math.min(...values)));
  const high = Math.ceil(Math.log10(Math.max(...values)));
  return [10 ** low, 10 ** Math.max(high, low + 1)];
}

/** Grid lines with their values, at the powers of ten. */
function grid(x, y, { left, right, top, bottom }) {
  return [
    ...tens(x).flatMap((value) => [
      stroke([x(value), top], [x(value), bottom], "rule"),
      text(short(value), { x: x(value), y: bottom + 18, size: 11, anchor: "middle" }),
    ]),
    ...tens(y).flatMap((value) => [
      stroke([left, y(value)], [right, y(value)], "rule"),
      text(short(value), { x: left - 8, y: y(value) + 4, size: 11, anchor: "end" }),
    ]),
  ];
}

function tens(scale) {
  return scale.ticks().filter((value) => Number.isInteger(Math.log10(value)));
}

/** Where a constant speed would lie: a line that rises as steeply as these is linear growth. */
function rates(x, y) {
  const [fewest, most] = x.domain();
  const [shortest, longest] = y.domain();
  const found = [];
  for (let rate = decadeOf(fewest / longest); rate <= most / shortest; rate *= 10) {
    const from = Math.max(fewest, shortest * rate);
    const to = Math.min(most, longest * rate);
    // One that only touches a corner says nothing.
    if (to < from * 3) continue;
    const begins = [x(from), y(from / rate)];
    const ends = [x(to), y(to / rate)];
    const angle = (Math.atan2(ends[1] - begins[1], ends[0] - begins[0]) * 180) / Math.PI;
    const place = { transform: `translate(${begins[0]} ${begins[1]}) rotate(${angle})` };
    found.push(
      stroke(begins, ends, "grey", { "stroke-width": 0.75, "stroke-dasharray": "1 3" }),
      element("g", place, text(`${short(rate)} rows/s`, { x: 8, y: -4, size: 10 })),
    );
  }
  return found;
}

function decadeOf(value) {
  return 10 ** Math.ceil(Math.log10(value));
}

function curve({ title, points }, { colour, dashes, shape }, { x, y, plot, end }) {
  const at = ({ rows, seconds }) => [x(rows), y(seconds)];
  const path = line(
    (point) => at(point)[0],
    (point) => at(point)[1],
  ).digits(2)(points);
  const mark = symbol(shape, 52).digits(2)();
  const last = at(points.at(-1));
  const key = [plot.right + 24, end];
  const marked = ([left, top]) =>
    element("path", { d: mark, transform: `translate(${left} ${top})`, ...paint(colour) });
  return [
    element("path", {
      d: path,
      "stroke-width": 2,
      "stroke-dasharray": dashes,
      ...paint("none", colour),
    }),
    stroke([last[0] + 6, last[1]], [key[0] - 8, key[1]], "rule"),
    ...[...points.map(at), key].map(marked),
    text(title, { x: key[0] + 10, y: key[1] + 4, weight: 600, colour: "ink" }),
  ].join("");
}

/** No two engines have the same mark and dashes before there are more than 28. */
function styleOf(index) {
  const colours = ["blue", "crimson", "ochre", "ink", "heat-4", "grey"];
  const dashes = [undefined, "7 4", "2 3", "10 3 2 3"];
  return {
    colour: colours[index % colours.length],
    dashes: dashes[index % dashes.length],
    shape: symbolsFill[index % symbolsFill.length],
  };
}

/** Heights of labels, moved until each can be read above the next. */
function apart(heights, { top, bottom }) {
  const distance = 16;
  const order = heights.map((height, index) => ({ height, index }));
  order.sort((one, other) => one.height - other.height);
  for (let turn = 1; turn < order.length; turn += 1) {
    order[turn].height = Math.max(order[turn].height, order[turn - 1].height + distance);
  }
  const over = Math.max(0, order.at(-1).height - bottom);
  const moved = [];
  for (const { height, index } of order) moved[index] = Math.max(top, height - over);
  return moved;
}

function titleOf(rows) {
  const [fewest, most] = [Math.min(...rows), Math.max(...rows)].map(short);
  const span = fewest === most ? `${most} rows` : `${fewest} to ${most} rows`;
  return `Seconds of a SOC 2 report of ${span}, by engine`;
}

/** Every figure, and how steeply each line rises: 1 is linear growth. */
function described(drawn) {
  const lines = drawn.map(({ title, points }) => {
    const figures = points.map(({ rows, seconds }) => `${short(rows)} ${seconds.toPrecision(3)} s`);
    return `${title}: ${figures.join(", ")}${steepness(points)}.`;
  });
  return `Both axes are logarithmic. Dotted lines are constant speeds. ${lines.join(" ")}`;
}

function steepness(points) {
  const [first, last] = [points[0], points.at(-1)];
  if (first === last) return "";
  const slope = Math.log(last.seconds / first.seconds) / Math.log(last.rows / first.rows);
  return `; grows with the power ${slope.toFixed(2)} of the rows`;
}

/** `10 million`, `0.1`. */
function short(value) {
  if (value >= 1e6) return `${value / 1e6} million`;
  return value >= 1 ? value.toLocaleString("en") : String(Number(value.toPrecision(1)));
}
