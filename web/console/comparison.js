// Whether a wording, or texting at all, made a difference: rates with their intervals, and the
// verdict as the API words it.

import { interval } from "./bars.js";
import { h, icon } from "./dom.js";
import { figure, percent } from "./format.js";
import { section } from "./forms.js";

const OUTCOMES = {
  redeemed: "Redeemed",
  visited: "Visited",
  clicked: "Clicked",
  replied: "Replied",
};

export function comparison({ comparison: told }) {
  if (!told) return null;
  const most = Math.max(...told.groups.map((group) => group.high)) || 1;
  const what = OUTCOMES[told.outcome] ?? told.outcome;
  return section(
    "Did it make a difference?",
    "Each line is the range in which the true rate lies, most likely; the dot is what was seen.",
    h(
      "p",
      { class: `verdict ${told.is_evidence ? "good" : "plain"}` },
      icon(told.is_evidence ? "check" : "decide"),
      told.verdict,
    ),
    h(
      "table",
      { class: "comparison" },
      h(
        "thead",
        {},
        h(
          "tr",
          {},
          ["Group", "People", what, "Rate", `From 0 to ${percent(most)}`].map((name) =>
            h("th", { scope: "col" }, name),
          ),
        ),
      ),
      h(
        "tbody",
        {},
        told.groups.map((group) => line(group, most, what)),
      ),
    ),
  );
}

function line(group, most, what) {
  const { low, high } = group;
  return h(
    "tr",
    {},
    h("th", { scope: "row" }, group.name === "held_out" ? "Held out" : group.name),
    h("td", { "data-label": "People" }, figure(group.people)),
    h("td", { "data-label": what }, figure(group.events)),
    h("td", { "data-label": "Rate" }, percent(group.rate)),
    h(
      "td",
      { class: "drawn" },
      interval(group, most),
      h("span", { class: "facts" }, `${percent(low)} to ${percent(high)}`),
    ),
  );
}
