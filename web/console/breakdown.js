// A report's figures by store, by sign and by wording.

import { h, shown } from "./dom.js";
import { dollars, figure, percent } from "./format.js";
import { section } from "./forms.js";

// The second to the sixth add up to the first.
const COLUMNS = [
  ["targeted", "Meant"],
  ["sent", "Sent"],
  ["refused", "Refused"],
  ["unknown", "Unknown"],
  ["excluded", "Not texted"],
  ["waiting", "Waiting"],
  ["delivered", "Delivered"],
  ["failed", "Failed"],
  ["replied", "Replied"],
  ["visited", "Visited"],
  ["clicked", "Clicked"],
  ["redeemed", "Redeemed"],
  ["rate", "Of those sent", rateWords],
  ["uses", "Redemptions"],
  ["revenue", "Revenue", dollars],
  ["referred", "Friends brought"],
  ["opted_out", "Opted out"],
];

// Told even when there is nothing in them; the others only where there is: most reports have
// neither refusals nor friends, and nobody should have to scroll past their zeros.
const ALWAYS = new Set(["targeted", "sent", "delivered", "opted_out"]);

const RATES =
  "Beside the share that redeemed, of those who were sent the text, stands where the true rate most likely lies.";

/** One table for each way of dividing them that divides anything. */
export function breakdowns(report, { names }) {
  const tables = shown([
    table("Store", report.by_location, (code) => names.get(code) ?? (code || "No store named")),
    table("Sign", report.by_channel, (channel) => channel || "No sign named"),
    report.by_variant.length > 1 && table("Wording", report.by_variant, wordingName),
  ]);
  if (!tables.length) return null;
  const lead = report.till?.rate == null ? "" : ` ${RATES}`;
  return section("One by one", `The same people, divided.${lead}`, tables);
}

function rateWords(rate, { low, high }) {
  if (rate === null) return "–";
  return `${percent(rate)} (${percent(low)} to ${percent(high)})`;
}

const wordingName = (name) => (name === "held_out" ? "Held out" : name);

function table(title, rows, nameOf) {
  if (!rows.length) return null;
  const told = COLUMNS.filter(([field]) => ALWAYS.has(field) || rows.some((row) => tells(row, field)));
  const head = told.map(([, name]) => h("th", { scope: "col" }, name));
  return h(
    "div",
    {
      class: "wide",
      role: "region",
      tabindex: "0",
      "aria-label": `By ${title.toLowerCase()}`,
      "data-key": title,
    },
    h(
      "table",
      { class: "breakdown" },
      h("thead", {}, h("tr", {}, h("th", { scope: "col" }, title), head)),
      h(
        "tbody",
        {},
        rows.map((row) => line(row, nameOf, told)),
      ),
    ),
  );
}

/** Nobody redeemed says much about an offer, and nothing where there was none: then there's no rate. */
function tells(row, field) {
  const isOfTill = field === "redeemed" || field === "rate";
  return (isOfTill && row.rate != null) || +row[field] > 0;
}

function line(row, nameOf, told) {
  const cells = told.map(([field, , written = figure]) => h("td", {}, written(row[field], row)));
  return h("tr", {}, h("th", { scope: "row" }, nameOf(row.name)), cells);
}
