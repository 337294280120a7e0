// What counting an audience brought to light: how many, what each filter takes away, some of them.

import { bar } from "./bars.js";
import { h } from "./dom.js";
import { count, figure, prettyNumber } from "./format.js";
import { moment } from "./ledger.js";

/** What the API has counted, as elements. */
export function outcome({ count: people, total, is_estimate: isEstimate, where, steps, sample }) {
  return [
    h(
      "p",
      { class: "big" },
      h("strong", {}, `${isEstimate ? "About " : ""}${count(people, "person", "people")}`),
      h("span", { class: "hint" }, where ? ` fit: ${where}` : " can be texted as things stand."),
    ),
    steps.length > 0 && waterfall(total, steps),
    sample.length > 0 && someOfThem(sample),
  ].filter(Boolean);
}

function waterfall(total, steps) {
  const line = (name, removed, left) =>
    h(
      "tr",
      {},
      h("th", { scope: "row" }, name),
      h("td", {}, removed === null ? "" : `−${figure(removed)}`),
      h("td", {}, figure(left)),
      h("td", { class: "drawn" }, bar(left, total)),
    );
  const head = ["Filter", "Takes away", "Leaves"].map((name) => h("th", { scope: "col" }, name));
  return h(
    "table",
    { class: "waterfall" },
    h("caption", { class: "unseen" }, "What each filter takes away"),
    h("thead", {}, h("tr", {}, head, h("td", {}))),
    h(
      "tbody",
      {},
      line("Everyone subscribed there", null, total),
      steps.map((step) => line(step.filter, step.removed, step.left)),
    ),
  );
}

function someOfThem(sample) {
  const facts = (one) => [one.location, one.channel, one.language].filter(Boolean).join(" · ");
  return h(
    "details",
    { "data-key": "sample" },
    h("summary", {}, "Some of them"),
    h(
      "ul",
      { class: "rows" },
      sample.map((one) =>
        h(
          "li",
          {},
          h("a", { href: `#/people/${one.phone}` }, prettyNumber(one.phone)),
          h(
            "span",
            { class: "facts" },
            facts(one),
            one.joined_at && [" · ", moment(one.joined_at)],
          ),
        ),
      ),
    ),
  );
}
