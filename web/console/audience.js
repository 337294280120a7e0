// Whom it is for: stores, and a segment in its own words, with what each filter of it leaves.

import { countOf } from "./campaignapi.js";
import { action, h } from "./dom.js";
import { count, figure, prettyNumber } from "./format.js";
import { clear, explain, field } from "./forms.js";
import { moment } from "./ledger.js";
import { refill, settled } from "./live.js";
import { bar } from "./bars.js";

/**
 * The fields and what they hold (`value`). `prefix` stands before the API's names of the values;
 * `saved` are the segments to start from, if that is offered; `changed` is told of what no input
 * event tells.
 */
export function audienceFields(given, { prefix = "", locations, vocabulary, saved, changed }) {
  const stores = storeBoxes(given.locations ?? [], locations, `${prefix}locations`);
  const where = field({
    path: `${prefix}where`,
    label: "Of those, only who fits this",
    kind: "long",
    rows: 2,
    maxlength: 2000,
    value: given.where ?? "",
    spellcheck: "false",
    hint: "Such as: joined within 30 days and language es. Empty for all of them.",
  });
  const text = where.querySelector("textarea");
  const found = h("div", { class: "found", "aria-live": "polite" }, waiting());
  const trouble = h("p", { class: "problem", role: "alert", hidden: true });
  const value = () => ({ locations: ticked(stores), where: text.value.trim() });
  const fields = [stores, where];
  const show = (answer) => refill(found, ...outcome(answer));
  const fail = (problem) => {
    found.replaceChildren(h("p", { class: "hint" }, "Not counted."));
    const named = (problem.errors ?? []).map((one) => ({ ...one, path: prefix + one.path }));
    explain(fields, trouble, Object.assign(problem, { errors: named }), { takesFocus: false });
  };
  const ask = settled(
    () => countOf(value()),
    (answer) => (clear(fields, trouble), show(answer)),
    fail,
  );
  const element = h(
    "div",
    { class: "audience", on: { input: () => ask() } },
    stores,
    saved && starting(saved, given.segment, (segment) => apply(segment)),
    where,
    help(vocabulary, (example) => (insert(text, example), ask(), changed?.())),
    trouble,
    found,
  );
  const apply = ({ locations: codes, where: words }) => {
    for (const box of stores.querySelectorAll("input")) box.checked = codes.includes(box.value);
    text.value = words;
    ask();
  };
  ask(0);
  return { element, value, segment: () => element.querySelector("[name=segment]")?.value || "" };
}

const waiting = () => h("p", { class: "hint" }, "Counting…");

function storeBoxes(chosen, locations, path) {
  return h(
    "div",
    { class: "field stores", "data-path": path },
    h("p", { class: "label", id: "stores-label" }, "Stores"),
    h(
      "div",
      { class: "options", role: "group", "aria-labelledby": "stores-label" },
      locations.map((one) =>
        h(
          "label",
          { class: "option" },
          h("input", { type: "checkbox", value: one.code, checked: chosen.includes(one.code) }),
          one.name,
        ),
      ),
    ),
    h("p", { class: "hint" }, "None ticked: everybody, those who named no store included."),
    h("p", { class: "problem", hidden: true }),
  );
}

const ticked = (stores) => [...stores.querySelectorAll(":checked")].map((box) => box.value);

function starting(saved, chosen, apply) {
  const place = field({
    path: "audience.segment",
    label: "Start from a saved segment",
    options: [["", "None"], ...saved.map((one) => [one.id, one.name])],
    value: chosen ?? "",
  });
  const select = place.querySelector("select");
  select.name = "segment";
  select.addEventListener("change", () => {
    const segment = saved.find((one) => one.id === select.value);
    if (segment) apply(segment);
  });
  return place;
}

function help(vocabulary, put) {
  return h(
    "details",
    { class: "vocabulary" },
    h("summary", {}, "What can be written here"),
    h("p", { class: "hint" }, "Join them by “and”, “or”, “not” and brackets."),
    h(
      "ul",
      {},
      vocabulary.map(({ form, meaning, example }) =>
        h(
          "li",
          {},
          h("div", {}, h("code", {}, form), h("p", { class: "facts" }, meaning)),
          action("Add", () => put(example), { class: "quiet", "aria-label": `Add: ${example}` }),
        ),
      ),
    ),
  );
}

function insert(text, example) {
  const before = text.value.trim();
  text.value = before ? `${before} and ${example}` : example;
  text.focus();
}

function outcome({ count: people, is_estimate: isEstimate, where, steps, sample }) {
  return [
    h(
      "p",
      { class: "big" },
      h("strong", {}, `${isEstimate ? "About " : ""}${count(people, "person", "people")}`),
      h("span", { class: "hint" }, where ? ` fit: ${where}` : " can be texted as things stand."),
    ),
    steps.length > 0 && waterfall(steps),
    sample.length > 0 && someOfThem(sample),
  ].filter(Boolean);
}

function waterfall(steps) {
  const first = steps[0].removed + steps[0].left;
  const line = (name, removed, left) =>
    h(
      "tr",
      {},
      h("th", { scope: "row" }, name),
      h("td", {}, removed === null ? "" : `−${figure(removed)}`),
      h("td", {}, figure(left)),
      h("td", { class: "drawn" }, bar(left, first)),
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
      line("All who are subscribed", null, first),
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
