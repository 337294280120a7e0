// A report's figures in people, so arranged that one sees them add up.

import { stack } from "./bars.js";
import { h } from "./dom.js";
import { dollars, figure, plain } from "./format.js";
import { section } from "./forms.js";

const total = (counts) => Object.values(counts).reduce((sum, number) => sum + number, 0);

/** Everybody it was meant for, by what became of them. */
export function figures(report) {
  const parts = endsOf(report);
  return section(
    "What became of everybody",
    sumWords(report, parts),
    stack(parts.map((part) => [part.tone, part.number])),
    h(
      "ul",
      { class: "ends" },
      parts.map((part) => end(part, report.explained)),
    ),
    failures(report),
  );
}

function endsOf(report) {
  const { sent, delivered, undelivered, refused, unknown, waiting, excluded } = report;
  const unheard = sent - delivered - undelivered;
  return [
    {
      ...{ name: "Sent", tone: "sent", number: sent, told: "Taken by the carrier." },
      ...{ reasons: known({ delivered, undelivered, no_word_yet: unheard }) },
    },
    { name: "Refused", tone: "bad", number: refused, told: "Not taken by the carrier." },
    {
      ...{ name: "Unknown", tone: "unknown", number: unknown },
      told: "May have been sent. Nobody is texted a second time on a guess; the carrier’s word settles it.",
    },
    {
      ...{ name: "Waiting", tone: "waiting", number: waiting, told: "Not tried yet." },
      reasons: known(report.waiting_by_reason),
    },
    {
      ...{ name: "Not texted", tone: "out", number: total(excluded) },
      ...{ told: "Each for a reason of their own.", reasons: known(excluded) },
    },
  ];
}

const known = (counts) => Object.entries(counts).filter(([, number]) => number > 0);

/** `1,000 meant = 900 sent + …`; says so where it is not so. */
function sumWords({ targeted }, parts) {
  const there = parts.filter((part) => part.number > 0);
  const added = there
    .map((part) => `${figure(part.number)} ${part.name.toLowerCase()}`)
    .join(" + ");
  const sum = parts.reduce((so, part) => so + part.number, 0);
  const words = `${figure(targeted)} meant = ${added || "0"}`;
  if (sum === targeted) return words;
  return `${words}. These do not add up yet: ${figure(Math.abs(targeted - sum))} are being counted.`;
}

function end({ name, tone, number, told, reasons = [] }, explained) {
  return h(
    "li",
    { "data-tone": tone },
    h("div", { class: "head" }, h("strong", {}, name), h("span", {}, figure(number))),
    h("p", { class: "facts" }, told),
    reasonList(reasons, explained),
  );
}

function reasonList(reasons, explained) {
  if (!reasons.length) return null;
  return h(
    "ul",
    { class: "reasons" },
    reasons.map(([reason, number]) =>
      h("li", {}, h("span", {}, explained[reason] ?? plain(reason)), h("span", {}, figure(number))),
    ),
  );
}

/** Why texts failed: what the carrier refused and what never arrived, together. */
function failures({ failed, refused, undelivered, failures: reasons, explained }) {
  if (!failed) return null;
  const words = `${figure(failed)} failed = ${figure(refused)} refused + ${figure(undelivered)} undelivered`;
  return h(
    "div",
    {},
    h("h3", {}, "Why texts failed"),
    h("p", { class: "facts" }, words),
    reasonList(known(reasons), explained),
  );
}

/** What people did, and what it has cost. */
export function outcomes(report) {
  const facts = [
    ["Replied", report.replied],
    ["Visited", report.visited],
    ["Clicked", report.clicked],
    ["Clicks in all", report.clicks],
    ["Opened by programs", report.previews],
    ["Redeemed", report.redeemed],
    ["Friends brought", report.referred],
    ["Opted out", report.opted_out],
    ["Held out", report.held_out],
  ];
  return section(
    "What people did",
    "Within a week after this campaign’s text; opted out, within three days.",
    h(
      "dl",
      { class: "outcomes" },
      facts.map(([name, number]) => h("div", {}, h("dt", {}, name), h("dd", {}, figure(number)))),
      price(report.price),
    ),
  );
}

function price(told) {
  const name = told.is_estimate ? "Price, estimated in part" : "Price";
  return h("div", {}, h("dt", {}, name), h("dd", {}, dollars(told.amount)));
}
