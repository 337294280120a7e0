// How numbers, times and states read to a person.

const relative = new Intl.RelativeTimeFormat("en", { numeric: "auto" });
// With its zone: a shop's stores, and whoever looks, may each have another.
const full = new Intl.DateTimeFormat("en", {
  year: "numeric",
  month: "short",
  day: "numeric",
  hour: "numeric",
  minute: "2-digit",
  timeZoneName: "short",
});
const day = new Intl.DateTimeFormat("en", { dateStyle: "medium" });

const STEPS = [
  [60, "second", 1],
  [3600, "minute", 60],
  [86_400, "hour", 3600],
  [7 * 86_400, "day", 86_400],
];

const STATUSES = {
  unknown: "Never joined",
  pending: "Asked to confirm",
  subscribed: "Subscribed",
  paused: "Taking a break",
  held: "To decide",
  opted_out: "Opted out",
  unreachable: "Can't be reached",
  forgotten: "Erased",
};

const CHANGES = {
  asked: "Asked to confirm",
  opted_in: "Opted in",
  opted_in_again: "Opted in again",
  opted_out: "Opted out",
  held: "Held for a person to decide",
  kept: "Kept: no opt-out was meant",
  declined: "Said no to the question",
  expired: "Did not answer in time",
  paused: "Takes a break",
  resumed: "Back from a break",
  preferred: "Asked for fewer texts, other hours or another store",
  unreachable: "Can't be reached any more",
  erased: "Opted out, and erased",
};

export function prettyNumber(phone) {
  const american = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(phone);
  return american ? `+1 ${american[1]} ${american[2]} ${american[3]}` : phone;
}

/** What was typed, as an E.164 number; null if it can't be one. Ten digits are American. */
export function parseNumber(typed) {
  const compact = typed.replace(/[\s().-]/g, "");
  const candidate = /^\d{10}$/.test(compact)
    ? `+1${compact}`
    : /^1\d{10}$/.test(compact)
      ? `+${compact}`
      : compact;
  return /^\+[1-9]\d{6,14}$/.test(candidate) ? candidate : null;
}

/** "3 minutes ago"; the date after a week. */
export function ago(iso) {
  const seconds = (Date.now() - new Date(iso)) / 1000;
  const step = STEPS.find(([below]) => seconds < below);
  if (!step) return day.format(new Date(iso));
  return relative.format(-Math.max(0, Math.floor(seconds / step[2])), step[1]);
}

export const when = (iso) => full.format(new Date(iso));

/** `Opted out`, for the API’s `opted_out`. */
export const plain = (name) => name.replaceAll("_", " ").replace(/^./, (first) => first.toUpperCase());

export const statusName = (status) => STATUSES[status] ?? plain(status);
export const changeName = (change) => CHANGES[change] ?? plain(change);
export const STATUS_FILTERS = [
  "subscribed",
  "pending",
  "paused",
  "held",
  "opted_out",
  "unreachable",
  "forgotten",
];

/** The stores’ names by their codes. */
export const storeNames = (locations) => new Map(locations.map((one) => [one.code, one.name]));

const grouped = new Intl.NumberFormat("en");
const money = (digits) =>
  new Intl.NumberFormat("en", {
    style: "currency",
    currency: "USD",
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
const [coins, notes] = [money(2), money(0)];

/** `4,312`. */
export const figure = (number) => grouped.format(number);

const share = new Intl.NumberFormat("en", { style: "percent", maximumFractionDigits: 1 });

/** `2.9%`, for 0.0293. */
export const percent = (rate) => share.format(rate);

/** Dollars as the API writes them, as a person reads them: `$0.83`, `$71`. */
export const dollars = (amount) => (Number(amount) < 10 ? coins : notes).format(Number(amount));

/** `1 number`, `2 numbers`. */
export const count = (number, one, many = `${one}s`) =>
  `${figure(number)} ${number === 1 ? one : many}`;
