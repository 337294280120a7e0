// Where a store is, and when it is open: parts of its form.

import { field } from "./forms.js";

const DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

export const placeFields = (one) => [
  field({ path: "address", label: "Address", value: one.address, maxlength: 120 }),
  ...[
    ["latitude", "Latitude", "41.8807"],
    ["longitude", "Longitude", "-87.6266"],
  ].map(([path, label, placeholder]) =>
    field({
      path,
      label,
      value: one[path],
      inputmode: "decimal",
      placeholder,
      hint: "In degrees. Without them the store is where its ZIP is.",
    }),
  ),
  field({
    path: "hours",
    label: "Opening hours",
    kind: "long",
    value: written(DAYS.map((day) => [day, one.hours?.[day]])),
    hint: "A day a line: friday 08:00-12:00, 18:00-02:00",
  }),
  field({
    path: "holidays",
    label: "Days with other hours",
    kind: "long",
    value: (one.holidays ?? []).map(({ date, hours }) => line(date, hours)).join("\n"),
    hint: "A date a line, with its hours or closed: 2026-12-25 closed",
  }),
];

/** What is no number goes as it was typed, for the API to say so. */
export const placeIn = (values) => ({
  latitude: degrees(values.latitude),
  longitude: degrees(values.longitude),
  hours: Object.fromEntries(linesOf(values.hours)),
  holidays: linesOf(values.holidays).map(([date, hours]) => ({ date, hours })),
});

function degrees(typed) {
  if (typed === "") return null;
  return Number.isNaN(Number(typed)) ? typed : Number(typed);
}

const written = (days) =>
  days
    .filter(([, hours]) => hours?.length)
    .map(([day, hours]) => line(day, hours))
    .join("\n");

const line = (day, hours) => `${day} ${hours.join(", ") || "closed"}`;

/** Each line's first word, and the spans after it. */
function linesOf(typed) {
  return typed
    .split("\n")
    .map((each) => each.trim().toLowerCase())
    .filter(Boolean)
    .map((each) => {
      const [, day, spans] = /^([^\s:]+):?(.*)$/u.exec(each) ?? ["", each, ""];
      return [day, spans.trim() === "closed" ? [] : spans.split(",").map(tidy).filter(Boolean)];
    });
}

const tidy = (span) => span.replaceAll(/\s+/gu, "").replaceAll("–", "-");
