// How numbers, times and states read to a person.

const clock = new Intl.DateTimeFormat(undefined, { hour: "numeric", minute: "2-digit" });
const day = new Intl.DateTimeFormat(undefined, { weekday: "long", month: "long", day: "numeric" });

const ARRIVED = new Set(["delivered"]);
const STATES = {
  queued: "On its way",
  successful: "Accepted by the carrier, not confirmed",
  unreachable: "Never arrived: phone unreachable",
  carrier_blocked: "Never arrived: blocked by the carrier",
  spam: "Never arrived: filtered as spam",
  ttl_expired: "Never arrived: too late to be of use",
};

export function prettyNumber(phone) {
  const american = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(phone);
  return american ? `+1 ${american[1]} ${american[2]} ${american[3]}` : phone;
}

/** What was typed, as an E.164 number; null if it can't be one. Ten digits are American. */
export function parseNumber(typed) {
  const compact = typed.replace(/[\s().-]/g, "");
  const candidate = /^\d{10}$/.test(compact) ? `+1${compact}` : compact;
  return /^\+(1[2-9]\d{9}|[2-9]\d{7,14})$/.test(candidate) ? candidate : null;
}

export function time(iso) {
  return clock.format(new Date(iso));
}

export function now() {
  return clock.format(new Date());
}

export function dayOf(iso) {
  const date = new Date(iso);
  const midnight = new Date().setHours(0, 0, 0, 0);
  if (date >= midnight) return "Today";
  if (date >= midnight - 86_400_000) return "Yesterday";
  return day.format(date);
}

/** Whether the text is on the phone's screen as the person sees it. */
export function arrived(text) {
  return text.direction === "in" || ARRIVED.has(text.status);
}

export function isLost(text) {
  return !arrived(text) && !["queued", "successful"].includes(text.status);
}

export function caption(text) {
  const words = [time(text.at)];
  if (text.direction === "in") words.push(text.status === "delivered" ? "Delivered" : "Sending…");
  else if (STATES[text.status]) words.push(STATES[text.status]);
  if (text.parts > 1) words.push(`${text.parts} parts`);
  return words.join(" · ");
}
