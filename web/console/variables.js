// What a text can name, put in at the press of a button.

import { action, h } from "./dom.js";

const VARIABLES = [
  ["First name", '{{ first_name | default: "friend" }}'],
  ["Store", "{{ location.name }}"],
  ["Program", "{{ program.name }}"],
  ["What people get", "{{ offer }}"],
  ["Their code", "{{ code }}"],
  ["Link to their offer", "{{ link }}"],
  ["Last day of the offer", "{{ valid_until }}"],
];

/** Buttons that put a variable into the field that `target` gives, where its cursor stands. */
export function insertion(target, changed) {
  const put = (words) => {
    const area = target();
    area.setRangeText(words, area.selectionStart, area.selectionEnd, "end");
    area.focus();
    changed();
  };
  return h(
    "div",
    { class: "chips", role: "group", "aria-label": "Put into the text" },
    VARIABLES.map(([label, words]) =>
      action(label, () => put(words), { class: "chip", "aria-label": `Put in: ${label}` }),
    ),
  );
}
