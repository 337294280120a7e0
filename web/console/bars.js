// Simple drawings of shares and intervals, for the eye: the numbers always stand beside them.

const SVG = "http://www.w3.org/2000/svg";

function shape(tag, attributes, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

const percent = (part, whole) => `${whole ? (100 * part) / whole : 0}%`;

/** How much `part` is of `whole`. */
export function bar(part, whole) {
  const filled = shape("rect", { width: percent(part, whole), height: "100%", rx: 4 });
  return shape("svg", { class: "bar", "aria-hidden": "true" }, filled);
}

/** Parts of a whole side by side, each `[class, number]`. */
export function stack(parts) {
  const whole = parts.reduce((sum, [, number]) => sum + number, 0);
  let before = 0;
  const pieces = parts.map(([name, number]) => {
    const place = { x: percent(before, whole), width: percent(number, whole), height: "100%" };
    before += number;
    return shape("rect", { class: name, ...place });
  });
  return shape("svg", { class: "bar stack", "aria-hidden": "true" }, ...pieces);
}

/** A rate as a dot, within its interval as a line, on a scale from 0 to `most`. */
export function interval({ rate, low, high }, most) {
  const line = { x1: percent(low, most), x2: percent(high, most), y1: "50%", y2: "50%" };
  const ends = [low, high].map((at) => {
    const x = percent(at, most);
    return shape("line", { x1: x, x2: x, y1: "25%", y2: "75%" });
  });
  const dot = shape("circle", { cx: percent(rate, most), cy: "50%", r: 5 });
  return shape(
    "svg",
    { class: "interval", "aria-hidden": "true" },
    shape("line", line),
    ...ends,
    dot,
  );
}

/** One column for each number, the highest as high as the drawing. */
export function columns(numbers) {
  const most = Math.max(...numbers, 1);
  const width = 100 / numbers.length;
  const pieces = numbers.map((number, at) => {
    const place = { x: `${at * width}%`, width: `${width * 0.8}%` };
    return shape("rect", { ...place, y: percent(most - number, most), height: percent(number, most) });
  });
  return shape("svg", { class: "columns", "aria-hidden": "true" }, ...pieces);
}
