// From when to when an offer holds, and what sending it may cost.

import { h } from "./dom.js";
import { field, section } from "./forms.js";
import { placeOf } from "./campaignwords.js";
import { instantIn, wallTimeIn } from "./zones.js";

/** The fields and what they hold (`value`); times are read in the program's zone `home`. */
export function limitsSection(given, { home }) {
  const date = (path, label, hint) =>
    field({
      path,
      label,
      hint,
      kind: "datetime-local",
      value: given[path] ? wallTimeIn(home, given[path]) : "",
    });
  const from = date(
    "valid_from",
    "The offer holds from",
    `In ${placeOf(home)} time; may be left empty.`,
  );
  const until = date("valid_until", "Until", "Nobody is texted after that.");
  const limit = field({
    path: "spend_limit",
    label: "Spend at most, in dollars",
    kind: "number",
    min: 1,
    step: "any",
    value: given.spend_limit === null ? "" : given.spend_limit,
    hint: "Sending pauses there, and goes on when you say so. Empty for no limit.",
  });
  const instant = (place) => {
    const { value } = place.querySelector("input");
    return value ? instantIn(home, value) : null;
  };
  const element = section(
    "The offer, and its price",
    "So that nobody reads of an offer that is over, and no bill surprises you.",
    h("div", { class: "form" }, from, until, limit),
  );
  return {
    element,
    value: () => ({
      valid_from: instant(from),
      valid_until: instant(until),
      spend_limit: limit.querySelector("input").value || null,
    }),
  };
}
