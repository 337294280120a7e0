// Elements by construction: whatever comes from a customer or the API is only ever text.

const SVG = "http://www.w3.org/2000/svg";

/** An element. `on` holds listeners; a property that is null, undefined or false is left out. */
export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) set(element, name, value);
  element.append(...shown(children));
  return element;
}

/** What there is to show of it, however nested: what is left out by a condition is left out. */
export const shown = (children) =>
  [children]
    .flat(Infinity)
    .filter((child) => child !== null && child !== undefined && child !== false);

function set(element, name, value) {
  if (value === null || value === undefined || value === false) return;
  if (name === "on") {
    for (const [event, listen] of Object.entries(value)) element.addEventListener(event, listen);
  } else if (name === "value") {
    element.value = value;
  } else {
    element.setAttribute(name, value === true ? "" : String(value));
  }
}

/** One of the symbols of the page, for the eye only. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `#icon-${name}`);
  svg.setAttribute("class", name === "mark" ? "mark" : "icon");
  svg.setAttribute("aria-hidden", "true");
  svg.append(use);
  return svg;
}

/** Say something in passing; screen readers hear it too. */
export function toast(words, kind = "good") {
  const place = document.querySelector(".toasts");
  const passing = h(
    "p",
    { class: `toast ${kind}` },
    icon(kind === "good" ? "check" : "warn"),
    h("span", {}, words),
  );
  place.append(passing);
  setTimeout(() => passing.remove(), 6000);
}

/** A button that is busy, and can't be pressed again, until `work` is done. */
export function action(label, work, properties = {}) {
  const button = h("button", { type: "button", ...properties }, label);
  button.addEventListener("click", () => busy(button, work));
  return button;
}

export async function busy(button, work) {
  if (button.getAttribute("aria-disabled") === "true") return;
  button.setAttribute("aria-disabled", "true");
  try {
    await work();
  } finally {
    button.removeAttribute("aria-disabled");
  }
}

/** Hear of every change of a field within `place`: some browsers fill in with the one event only. */
export function whenTyped(place, listen) {
  for (const event of ["input", "change"]) place.addEventListener(event, listen);
}
