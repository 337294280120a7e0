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
// Looked for once a day, at a time of it; the others happen when they happen.
const DAILY = new Set(["birthday", "silent"]);
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
      path: "time_of_day",
      label: "At",
      kind: "time",
      value: given.on && given.at ? given.at : "10:00",
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

/** Whether it is about a time of the day, hence about a clock. */
export const isDaily = (trigger) => DAILY.has(valueOf(trigger, "schedule.on"));

/** Show what goes with the occasion and the delay that are chosen. */
export function arrangeTrigger(trigger) {
  const daily = isDaily(trigger);
  place(trigger, "schedule.days").hidden = valueOf(trigger, "schedule.on") !== "silent";
  place(trigger, "time_of_day").hidden = !daily;
  place(trigger, "schedule.delay_minutes").hidden = daily;
  place(trigger, "unit").hidden = daily;
  trigger.querySelector(".tick").hidden = daily || !delayOf(trigger);
}

const delayOf = (trigger) =>
  Math.round(Number(valueOf(trigger, "schedule.delay_minutes")) * Number(valueOf(trigger, "unit")));

/** A schedule out of the fields; null while it isn't whole. */
export function triggerOf(trigger, timezone) {
  const on = valueOf(trigger, "schedule.on");
  if (!isDaily(trigger)) {
    const exits = trigger.querySelector("[name=exit]").checked;
    return { on, delay_minutes: delayOf(trigger), exit_on_reply: exits };
  }
  const at = valueOf(trigger, "time_of_day");
  const days = on === "silent" ? Number(valueOf(trigger, "schedule.days")) : 0;
  return at ? { on, at, days, timezone } : null;
}

const place = (trigger, path) => trigger.querySelector(`[data-path="${path}"]`);
const valueOf = (trigger, path) => place(trigger, path).querySelector("input, select").value;
