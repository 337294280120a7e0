// When a campaign goes out, asked for in words: cron stays behind them.

import { h, whenTyped } from "./dom.js";
import { field, section, zone } from "./forms.js";
import { placeOf, RECIPIENT, scheduleWords } from "./campaignwords.js";
import { cronOf, rhythmOf, WEEKDAYS } from "./rhythm.js";
import { arrangeTrigger, isDaily, triggerFields, triggerOf } from "./trigger.js";

const WAYS = [
  ["now", "At once"],
  ["at", "At a time"],
  ["cron", "Again and again"],
  ["on", "When something happens"],
];
const RHYTHMS = [
  ["day", "day"],
  ["week", "week"],
  ["month", "month"],
  ["cron", "… as a cron says"],
];
const MISSING = {
  at: "Choose a date and a time.",
  cron: "Choose the days, and a time.",
  on: "Choose a time of the day.",
};
const NO_SCHEDULE = { at: null, cron: null, on: null, timezone: RECIPIENT, now: false };
const TEN = { every: "week", time: "10:00", days: ["TUE"], date: 1 };

/** The fields and what they hold (`value`): a schedule, or null while it isn't whole. */
export function timingSection(given, { home, changed }) {
  const now = given ?? { ...NO_SCHEDULE, at: "" };
  const way = ["on", "now", "cron"].find((name) => now[name]) ?? "at";
  const ways = choices(way);
  const at = field({
    path: "schedule.at",
    label: "Date and time",
    kind: "datetime-local",
    value: way === "at" ? now.at?.slice(0, 16) : "",
  });
  const rhythm = rhythmFields(now.cron);
  const trigger = triggerFields(now);
  const clock = zoneFields(now.timezone, home);
  const said = h("p", { class: "said", role: "status" });
  const chosen = () => ways.querySelector(":checked").value;
  const value = () => scheduleOf(chosen(), { at, rhythm, trigger, clock });
  const arrange = () => {
    const picked = chosen();
    at.hidden = picked !== "at";
    rhythm.element.hidden = picked !== "cron";
    trigger.hidden = picked !== "on";
    clock.element.hidden = picked === "now" || (picked === "on" && !isDaily(trigger));
    rhythm.arrange();
    clock.arrange();
    arrangeTrigger(trigger);
    said.textContent = sentence(value(), picked, home);
  };
  const element = section(
    "When it goes out",
    "Nobody is texted outside the hours that the law and your program allow; who is asleep gets it later.",
    h("div", { class: "field", "data-path": "schedule" }, ways, problem()),
    h("div", { class: "form" }, at, rhythm.element, trigger, clock.element),
    said,
  );
  whenTyped(element, () => (arrange(), changed()));
  arrange();
  return { element, value: () => ({ schedule: value() }) };
}

const problem = () => h("p", { class: "problem", hidden: true });

function choices(way) {
  return h(
    "div",
    { class: "options", role: "radiogroup", "aria-label": "When it goes out" },
    WAYS.map(([value, words]) =>
      h(
        "label",
        { class: "option" },
        h("input", { type: "radio", name: "way", value, checked: value === way }),
        words,
      ),
    ),
  );
}

function scheduleOf(way, { at, rhythm, trigger, clock }) {
  if (way === "now") return { now: true };
  const timezone = clock.value();
  if (way === "on") return triggerOf(trigger, timezone);
  if (way === "cron") {
    const cron = rhythm.value();
    return cron ? { cron, timezone } : null;
  }
  const time = at.querySelector("input").value;
  return time ? { at: time.length === 16 ? `${time}:00` : time, timezone } : null;
}

function sentence(schedule, way, home) {
  if (schedule) return `It goes out ${scheduleWords(schedule, home)}.`;
  return MISSING[way];
}

function rhythmFields(cron) {
  const known = cron ? rhythmOf(cron) : TEN;
  const start = known ?? TEN;
  const every = field({
    path: "rhythm",
    label: "Every",
    options: RHYTHMS,
    value: known ? start.every : "cron",
  });
  const time = field({ path: "time", label: "At", kind: "time", value: start.time });
  const date = field({
    path: "date",
    label: "Day of the month",
    kind: "number",
    min: 1,
    max: 31,
    value: start.date,
    hint: "In months without such a day it does not go out.",
  });
  const days = weekdays(start.days);
  const expert = field({
    path: "schedule.cron",
    label: "Cron",
    value: cron ?? cronOf(TEN),
    maxlength: 200,
    spellcheck: "false",
    hint: "Minute, hour, day of month, month and day of week.",
  });
  const value = () => {
    if (control(every) === "cron") return control(expert);
    const picked = [...days.querySelectorAll(":checked")].map((one) => one.value);
    const isWhole = control(time) && (control(every) !== "week" || picked.length);
    const wish = { every: control(every), time: control(time), days: picked, date: control(date) };
    return isWhole ? cronOf(wish) : "";
  };
  const arrange = () => {
    days.hidden = control(every) !== "week";
    date.hidden = control(every) !== "month";
    expert.hidden = control(every) !== "cron";
    time.hidden = control(every) === "cron";
    // Whoever changes to cron begins with what the form said.
    if (expert.hidden) expert.querySelector("input").value = value();
  };
  return {
    element: h("div", { class: "form whole" }, every, days, date, time, expert),
    value,
    arrange,
  };
}

const control = (place) => place.querySelector("input, select").value;

function weekdays(chosen) {
  return h(
    "div",
    { class: "days", role: "group", "aria-label": "Days of the week" },
    WEEKDAYS.map(([value, name]) =>
      h(
        "label",
        { class: "option" },
        h("input", {
          type: "checkbox",
          value,
          checked: chosen.includes(value),
          "aria-label": name,
        }),
        name.slice(0, 3),
      ),
    ),
  );
}

function zoneFields(timezone, home) {
  const isOther = timezone && timezone !== RECIPIENT && timezone !== home;
  const options = [
    [RECIPIENT, "Each store’s own time"],
    ["", `The program’s time (${placeOf(home)})`],
    ["other", "Another time zone"],
  ];
  const value = isOther ? "other" : timezone === RECIPIENT ? RECIPIENT : "";
  const clock = field({ path: "clock", label: "On whose clock", options, value });
  const other = zone("schedule.timezone", isOther ? timezone : home, "");
  return {
    element: h("div", { class: "form whole" }, clock, other),
    arrange: () => {
      other.hidden = control(clock) !== "other";
    },
    value: () => (control(clock) === "other" ? control(other) : control(clock) || null),
  };
}
