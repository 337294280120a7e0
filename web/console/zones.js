// Wall-clock times of any time zone, from and to instants.

const formats = new Map();

function format(zone) {
  if (!formats.has(zone)) {
    formats.set(
      zone,
      new Intl.DateTimeFormat("sv", { timeZone: zone, dateStyle: "short", timeStyle: "medium" }),
    );
  }
  return formats.get(zone);
}

/** What the clocks of `zone` show at an instant: `2026-12-01T10:00`. */
export const wallTimeIn = (zone, iso) =>
  format(zone).format(new Date(iso)).slice(0, 16).replace(" ", "T");

/**
 * The instant (ISO 8601, UTC) at which the clocks of `zone` show `2026-12-01T10:00`: the first of
 * two in autumn; in spring, where they skip it, as long after the change as it says.
 */
export function instantIn(zone, wall) {
  const wanted = Date.parse(`${wall}Z`);
  const shown = (at) => Date.parse(`${wallTimeIn(zone, new Date(at).toISOString())}Z`);
  // The offsets of the day before and the day after: one of them holds.
  const day = 86_400_000;
  const offsets = [wanted - day, wanted + day].map((at) => shown(at) - at);
  const tries = offsets.map((offset) => wanted - offset).sort((one, other) => one - other);
  const fitting = tries.find((at) => shown(at) === wanted) ?? wanted - offsets[0];
  return new Date(fitting).toISOString();
}
