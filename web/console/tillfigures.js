// What came of an offer at the till, in a campaign's report.

import { bar } from "./bars.js";
import { h } from "./dom.js";
import { count, dollars, figure, percent } from "./format.js";
import { section } from "./forms.js";

const HOUR = 60;
const DAY = 24 * HOUR;

/** Null where there is nothing to redeem. */
export function tillFigures({ till, reminders, redeemed }, { names }) {
  if (!till) return null;
  return section(
    "At the till",
    rateWords(till),
    h(
      "dl",
      { class: "outcomes" },
      facts(till, redeemed).map(([name, value]) => h("div", {}, h("dt", {}, name), h("dd", {}, value))),
    ),
    h("p", { class: "hint" }, costWords(till)),
    till.by_place.length > 0 && [h("h3", {}, "Where it was redeemed"), places(till, names)],
    reminders && h("p", {}, reminderWords(reminders)),
  );
}

function rateWords({ rate, low, high }) {
  if (rate === null) return "All share one code: nobody can tell how many people redeemed it.";
  return `${percent(rate)} of those who were sent the text redeemed; the true rate is most likely between ${percent(low)} and ${percent(high)}.`;
}

function facts(till, redeemed) {
  const minutes = till.median_minutes;
  return [
    ["People", till.rate === null ? "–" : figure(redeemed)],
    ["Redemptions", figure(till.uses)],
    ["Half came within", minutes === null ? "–" : about(minutes)],
    ["Revenue told", till.sales ? dollars(till.revenue) : "–"],
    ["Cost of each", till.cost_per_redemption === null ? "–" : dollars(till.cost_per_redemption)],
  ];
}

/** `about 22 hours`: the time is known to about a tenth. */
export function about(minutes) {
  if (minutes < 2 * HOUR) return `${figure(Math.round(minutes))} min`;
  if (minutes < 2 * DAY) return count(Math.round(minutes / HOUR), "hour");
  return count(Math.round(minutes / DAY), "day");
}

function costWords({ sales, uses, includes_worth: isWhole, cost }) {
  const told = `Staff have told the amount of ${figure(sales)} of ${count(uses, "redemption")}.`;
  const what = isWhole ? "The texts and the offer’s worth" : "The texts alone";
  const rest = isWhole ? "" : " The offer doesn’t say what one costs you.";
  return `${told} ${what} come to ${dollars(cost)}.${rest} The time from text to till is right to about a tenth.`;
}

function places({ by_place: rows, uses }, names) {
  return h(
    "ul",
    { class: "shares" },
    rows.map((row) =>
      h(
        "li",
        {},
        h("span", {}, names.get(row.name) ?? (row.name || "No store named")),
        h("strong", {}, figure(row.uses)),
        bar(row.uses, uses),
        row.sales > 0 && h("span", { class: "facts" }, `${dollars(row.revenue)} told`),
      ),
    ),
  );
}

const reminderWords = ({ sent, delivered, opted_out: left }) =>
  `Reminders: ${figure(sent)} sent, ${figure(delivered)} delivered, ${figure(left)} opted out after one. These are the same people, counted once.`;

/** Over the hold-out; null where nobody was held out. */
export function liftWords({ lift }) {
  if (!lift) return null;
  return section("Against those held out", lift.said, groups(lift));
}

function groups({ texted, held_out: without }) {
  const most = Math.max(texted.rate, without.rate) || 1;
  return h(
    "ul",
    { class: "shares" },
    [
      ["Meant to be texted", texted],
      ["Held out", without],
    ].map(([name, group]) =>
      h(
        "li",
        {},
        h("span", {}, name),
        h("strong", {}, percent(group.rate)),
        bar(group.rate, most),
        h("span", { class: "facts" }, `${figure(group.events)} of ${figure(group.people)} came`),
      ),
    ),
  );
}
