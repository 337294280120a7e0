// What a campaign is, whom it is for and when it goes out, as a person would say it.

import { h } from "./dom.js";
import { count, when } from "./format.js";
import { rhythmWords } from "./rhythm.js";

export const RECIPIENT = "recipient";
export const KINDS = [
  ["offer", "Offer"],
  ["news", "News"],
  ["checkin", "Check-in"],
  ["survey", "Survey"],
];
const KIND_NAMES = new Map(KINDS);
export const LANGUAGES = [
  ["en", "English"],
  ["es", "Spanish"],
  ["fr", "French"],
];
const LANGUAGE_NAMES = new Map(LANGUAGES);
const STATES = {
  draft: "Draft",
  scheduled: "Scheduled",
  sending: "Sending",
  paused: "Paused",
  finished: "Finished",
  cancelled: "Cancelled",
};
const PAUSES = {
  by_hand: "Paused by hand.",
  spend_limit_run: "Paused: it has reached its own spending limit.",
  spend_limit_day: "Paused: the program has reached its spending limit of a day.",
  spend_limit_month: "Paused: the program has reached its spending limit of a month.",
};
const OCCASIONS = {
  joined: "when somebody joins",
  visited: "after a visit",
  redeemed: "after an offer is redeemed",
  birthday: "on their birthday",
  silent: "when nothing was heard from somebody",
};
const SPANS = [
  [1440, "day"],
  [60, "hour"],
  [1, "minute"],
];
const wall = new Intl.DateTimeFormat("en", {
  dateStyle: "full",
  timeStyle: "short",
  hourCycle: "h23",
  timeZone: "UTC",
});

export const kindName = (kind) => KIND_NAMES.get(kind) ?? kind;
export const languageName = (code) => LANGUAGE_NAMES.get(code) ?? code;
export const statePill = (state) =>
  h("span", { class: "pill", "data-state": state }, STATES[state] ?? state);

/** Why it is paused, in a sentence. */
export const pauseWords = (reason) =>
  PAUSES[String(reason).replaceAll(" ", "_")] ?? `Paused: ${reason}.`;

/** `2 hours`, for minutes. */
export function span(minutes) {
  const [size, name] = SPANS.find(([each]) => minutes >= each && minutes % each === 0);
  return count(minutes / size, name);
}

/** When it goes out; `home` is the program's time zone. Starts small, ends without a full stop. */
export function scheduleWords(schedule, home) {
  if (!schedule) return "no time chosen yet";
  if (schedule.now) return "at once";
  if (schedule.cron) return `${rhythmWords(schedule.cron)}${zoneWords(schedule.timezone, home)}`;
  if (schedule.on) return triggerWords(schedule, home);
  return `${wallTime(schedule.at)}${zoneWords(schedule.timezone, home)}`;
}

/** A wall-clock time without its zone; one with an offset in the zone of whoever looks. */
function wallTime(at) {
  if (/(Z|[+-]\d\d:?\d\d)$/.test(at)) return when(at);
  return wall.format(new Date(`${at}Z`));
}

function zoneWords(zone, home) {
  if (zone === RECIPIENT) return ", each store’s own time";
  const name = zone || home;
  return name ? `, ${placeOf(name)} time` : "";
}

/** `Los Angeles` for `America/Los_Angeles`. */
export const placeOf = (zone) => zone.split("/").at(-1).replaceAll("_", " ");

function triggerWords(schedule, home) {
  const { on, at, days, timezone, delay_minutes: delay, exit_on_reply: exits } = schedule;
  const silence = on === "silent" ? ` for ${count(days, "day")}` : "";
  const clock = at ? ` at ${at}${zoneWords(timezone, home)}` : "";
  const later = delay ? `, ${span(delay)} later` : "";
  const unless = delay && exits ? ", unless they write first" : "";
  return `${OCCASIONS[on] ?? on}${silence}${clock}${later}${unless}`;
}

/** `Downtown, Uptown`; codes where a store has no name any more. */
export function placeWords(codes, names) {
  if (!codes.length) return "Every store";
  return codes.map((code) => names.get(code) ?? code).join(", ");
}

/** As the beginning of a sentence. */
export const upper = (words) => words.replace(/^./, (first) => first.toUpperCase());
