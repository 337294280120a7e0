// What sets off a text to one person, and how long after it.

import { h } from "./dom.js";
import { field } from "./forms.js";

const OCCASIONS = [
  ["joined", "Somebody joins"],
  ["visited", "Somebody visits"],
  ["redeemed", "Somebody redeems an offer"],
  ["birthday", "It is somebody’s birthday"],
  ["silent", "Nothing was heard from somebody"],
];
const UNITS = [
  ["1", "minutes"],
  ["60", "hours"],
  ["1440", "days"],
];

export function triggerFields(given) {
  const minutes = given.delay_minutes ?? 0;
  const unit =
    minutes && UNITS.map(([size]) => Number(size)).findLast((size) => minutes % size === 0);
  return h(
    "div",
    { class: "form whole" },
    field({ path: "schedule.on", label: "When", options: OCCASIONS, value: given.on || "joined" }),
    field({
      path: "schedule.days",
      label: "For how many days",
      kind: "number",
      min: 1,
      max: 730,
      value: given.days || 60,
    }),
    field({
      path: "schedule.delay_minutes",
      label: "How long after that",
      kind: "number",
      min: 0,
      value: unit ? minutes / unit : 0,
      hint: "0 for at once.",
    }),
    field({ path: "unit", label: "Counted in", options: UNITS, value: String(unit || 60) }),
    h(
      "label",
      { class: "tick" },
      h("input", { type: "checkbox", name: "exit", checked: given.exit_on_reply ?? true }),
      h("span", {}, "Not if they write to us in the meantime."),
    ),
  );
}

/** Show what goes with the occasion and the delay that are chosen. */
export function delayOf(trigger) {
  const isSilence = valueOf(trigger, "schedule.on") === "silent";
  place(trigger, "schedule.days").hidden = !isSilence;
  trigger.querySelector(".tick").hidden = Number(valueOf(trigger, "schedule.delay_minutes")) === 0;
}

/** A schedule out of the fields. */
export function triggerOf(trigger) {
  const on = valueOf(trigger, "schedule.on");
  const delay = Number(valueOf(trigger, "schedule.delay_minutes"));
  return {
    on,
    days: on === "silent" ? Number(valueOf(trigger, "schedule.days")) : 0,
    delay_minutes: Math.round(delay * Number(valueOf(trigger, "unit"))),
    exit_on_reply: trigger.querySelector("[name=exit]").checked,
  };
}

const place = (trigger, path) => trigger.querySelector(`[data-path="${path}"]`);
const valueOf = (trigger, path) => place(trigger, path).querySelector("input, select").value;
