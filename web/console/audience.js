// Whom it is for: stores, and a segment in its own words, with what each filter of it leaves.

import { countOf } from "./campaignapi.js";
import { action, h, whenTyped } from "./dom.js";
import { clear, explain, field } from "./forms.js";
import { outcome } from "./found.js";
import { refill, settled } from "./live.js";

/**
 * The fields and what they hold (`value`). `prefix` stands before the API's names of the values;
 * `saved` are the segments to start from, if that is offered; `changed` is told of what no input
 * event tells. `ready` is the first count.
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
  const gone = saved && given.segment;
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
    { class: "audience" },
    stores,
    saved && starting(saved, gone, (segment) => apply(segment)),
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
  whenTyped(element, () => ask());
  const ready = ask(0);
  const segment = () => (gone && element.querySelector(`option[value="${gone}"]`) ? gone : "");
  return { element, value, segment, ready };
}

const waiting = () => h("p", { class: "hint" }, "Counting…");

function storeBoxes(chosen, locations, path) {
  return h(
    "div",
    { class: "field stores", "data-path": path, hidden: !locations.length },
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

/** Copies a segment's stores and words into the fields: what is seen there is what goes. */
function starting(saved, chosen, apply) {
  const place = field({
    path: "audience.segment",
    label: "Start from a saved segment",
    options: [["", "None"], ...saved.map((one) => [one.id, one.name])],
    value: "",
  });
  const select = place.querySelector("select");
  // One that is no more stays named, so that the API says so: without it more would be texted.
  if (chosen) select.append(h("option", { value: chosen, selected: true }, "One that is gone"));
  select.addEventListener("change", () => {
    const segment = saved.find((one) => one.id === select.value);
    if (segment) apply(segment);
    for (const one of select.options) if (one.value === chosen) one.remove();
  });
  return place;
}

/** A draft's audience with the words of the saved segment that it names, instead of its name. */
export function spelledOut(audience, saved) {
  const segment = saved.find((one) => one.id === audience.segment);
  if (!segment) return audience;
  const locations = audience.locations.length ? audience.locations : segment.locations;
  const at =
    audience.locations.length && segment.locations.length && `at ${segment.locations.join(", ")}`;
  return { locations, where: allOf(at, segment.where, audience.where), segment: "" };
}

/** The words of a segment that is all of these: "or" beside "and" takes parentheses. */
function allOf(...segments) {
  const words = segments.filter(Boolean);
  if (words.length < 2) return words[0] ?? "";
  return words.map((one) => (/\bor\b/i.test(one) ? `(${one})` : one)).join(" and ");
}

function help(vocabulary, put) {
  return h(
    "details",
    { class: "vocabulary" },
    h("summary", {}, "What can be written here"),
    h(
      "ul",
      {},
      [...vocabulary.filters, ...vocabulary.combining].map(({ form, meaning, example }) =>
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
  text.value = allOf(text.value.trim(), example);
  text.focus();
}
