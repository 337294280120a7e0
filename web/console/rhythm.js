// Recurring times: in words for people, as cron for the API, and back.

export const WEEKDAYS = [
  ["MON", "Monday"],
  ["TUE", "Tuesday"],
  ["WED", "Wednesday"],
  ["THU", "Thursday"],
  ["FRI", "Friday"],
  ["SAT", "Saturday"],
  ["SUN", "Sunday"],
];
const NAMES = new Map(WEEKDAYS);
const CODES = WEEKDAYS.map(([code]) => code);
const SIMPLE = /^(\d{1,2}) (\d{1,2}) (\*|\d{1,2}) \* (\*|[A-Z0-7,-]+)$/;
const ORDINALS = new Intl.PluralRules("en", { type: "ordinal" });
const ENDINGS = { one: "st", two: "nd", few: "rd", other: "th" };
const list = new Intl.ListFormat("en");

/** `{every: day|week|month, time: "10:00", days: ["TUE"], date: 1}` as cron. */
export function cronOf({ every, time, days, date }) {
  const [hour, minute] = time.split(":").map(Number);
  const clock = `${minute} ${hour}`;
  if (every === "week")
    return `${clock} * * ${CODES.filter((one) => days.includes(one)).join(",")}`;
  return every === "month" ? `${clock} ${date} * *` : `${clock} * * *`;
}

/** The rhythm that a cron stands for; null for one that takes more than a form to say. */
export function rhythmOf(cron) {
  const [, minute, hour, date, week] = SIMPLE.exec(cron.trim().toUpperCase()) ?? [];
  if (minute === undefined || (date !== "*" && week !== "*")) return null;
  const days = week === "*" ? [] : daysOf(week);
  if (days === null) return null;
  const time = `${hour.padStart(2, "0")}:${minute.padStart(2, "0")}`;
  const every = week !== "*" ? "week" : date !== "*" ? "month" : "day";
  return { every, time, days, date: date === "*" ? 1 : Number(date) };
}

/** Codes of weekdays out of `TUE`, `MON-FRI`, `1,3`, or a mixture; null if they can't be. */
function daysOf(week) {
  const found = [];
  for (const piece of week.split(",")) {
    const [first, last = first, ...more] = piece.split("-").map(placeOf);
    if (more.length || first < 0 || last < first) return null;
    found.push(...CODES.slice(first, last + 1));
  }
  return found;
}

// In cron, 0 and 7 are Sunday.
const placeOf = (name) => (/^[0-7]$/.test(name) ? (Number(name) + 6) % 7 : CODES.indexOf(name));

/** `every Tuesday at 10:00`. */
export function rhythmWords(cron) {
  const rhythm = rhythmOf(cron);
  if (!rhythm) return `by the cron “${cron}”`;
  return `${dayWords(rhythm)} at ${rhythm.time}`;
}

function dayWords({ every, days, date }) {
  if (every === "month") return `on the ${date}${ENDINGS[ORDINALS.select(date)]} of every month`;
  if (every === "day" || days.length === CODES.length) return "every day";
  return `every ${list.format(days.map((one) => NAMES.get(one)))}`;
}
