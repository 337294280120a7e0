// What a campaign offers: what people get, by which code, where; and where its links lead.

import { action, h } from "./dom.js";
import { field, section } from "./forms.js";

const CODES = [
  ["own", "Everybody their own"],
  ["shared", "One for all"],
  ["pool", "Of your till, from a pool"],
];
const EMPTY = { codes: "own", uses: 1, places: [], remind_hours: 0 };

/** The fields and what they hold (`value`): `offer`, null where there is nothing to redeem, and `links`. */
export function offerSection(given, { locations, pools, changed }) {
  const has = h("input", { type: "checkbox", checked: Boolean(given.offer) });
  const parts = offerFields(given.offer ?? EMPTY, pools);
  const places = placeBoxes(given.offer?.places ?? [], locations);
  const links = linkList(given.links ?? {}, changed);
  const fields = h("div", { class: "form" }, Object.values(parts), places.element);
  const valueOf = (name) => parts[name].querySelector("input, select, textarea").value.trim();
  const arrange = () => {
    fields.hidden = !has.checked;
    parts.shared_code.hidden = valueOf("codes") !== "shared";
    parts.pool.hidden = valueOf("codes") !== "pool";
  };
  const offer = () => ({
    title: valueOf("title"),
    codes: valueOf("codes"),
    shared_code: valueOf("codes") === "shared" ? valueOf("shared_code") : "",
    pool: valueOf("codes") === "pool" ? valueOf("pool") : "",
    uses: Number(valueOf("uses")),
    terms: valueOf("terms"),
    places: places.value(),
    remind_hours: Number(valueOf("remind_hours")),
    worth: valueOf("worth") || null,
  });
  const element = section(
    "What people get",
    "Staff redeem it by the code: by text, on the redeem page, or on the customer’s own page. No till has to change.",
    h("label", { class: "option" }, has, "There is something to redeem"),
    fields,
    links.element,
  );
  element.addEventListener("change", arrange);
  arrange();
  return {
    element,
    value: () => ({ offer: has.checked ? offer() : null, links: links.value() }),
  };
}

function offerFields(now, pools) {
  const named = (name, label, more) => field({ path: `offer.${name}`, label, value: now[name], ...more });
  const listed = pools.map(({ id, name, free }) => [id, `${name}: ${free} free`]);
  return {
    title: named("title", "What it is", { maxlength: 80, placeholder: "A free filter coffee" }),
    codes: named("codes", "By which code", { options: CODES }),
    shared_code: named("shared_code", "The code for all", {
      maxlength: 40,
      placeholder: "SPRING",
      autocapitalize: "characters",
    }),
    pool: named("pool", "Which pool", {
      options: [["", pools.length ? "Choose one" : "No pool yet: add one under Counter"], ...listed],
    }),
    uses: named("uses", "How often each may redeem it", { kind: "number", min: 1 }),
    worth: named("worth", "What one costs you, in dollars", {
      inputmode: "decimal",
      hint: "For the report: what a redemption costs. Empty if you’d rather not say.",
    }),
    remind_hours: named("remind_hours", "Remind so many hours before the end", {
      kind: "number",
      min: 0,
      hint: "Only who has not redeemed, with the same code. 0 for no reminder.",
    }),
    terms: named("terms", "The small print", { kind: "long", hint: "On the customer’s page." }),
  };
}

function placeBoxes(chosen, locations) {
  const boxes = locations.map(({ code, name }) =>
    h(
      "label",
      { class: "option" },
      h("input", { type: "checkbox", value: code, checked: chosen.includes(code) }),
      name,
    ),
  );
  const element = h(
    "div",
    { class: "field places", "data-path": "offer.places", role: "group", "aria-label": "Where" },
    h("p", { class: "label" }, "Where it is redeemed"),
    h("div", { class: "options" }, boxes),
    h("p", { class: "hint" }, "None chosen: at every store."),
    h("p", { class: "problem", hidden: true }),
  );
  const value = () => [...element.querySelectorAll(":checked")].map((box) => box.value);
  return { element, value };
}

/** Web pages by name, each line with a field for both. */
function linkList(given, changed) {
  const lines = h("div", { class: "links" });
  const add = (name, target) => {
    const drop = () => (line.remove(), changed());
    const line = linkLine(name, target, drop);
    lines.append(line);
    return line;
  };
  for (const [name, target] of Object.entries(given)) add(name, target);
  const more = action("Add a link", () => add("", "").querySelector("input").focus(), {
    class: "secondary",
  });
  const element = h(
    "div",
    { class: "field", "data-path": "links" },
    h("p", { class: "label" }, "Links"),
    h("p", { class: "hint" }, "Pages that the text leads to; clicks are counted. {{ links.menu }} puts in the one named menu."),
    lines,
    h("div", {}, more),
    h("p", { class: "problem", hidden: true }),
  );
  const value = () =>
    Object.fromEntries(
      [...lines.children]
        .map((line) => [...line.querySelectorAll("input")].map((one) => one.value.trim()))
        .filter(([name, target]) => name || target),
    );
  return { element, value };
}

function linkLine(name, target, drop) {
  return h(
    "div",
    { class: "link" },
    h("input", { "aria-label": "Name of the link", value: name, placeholder: "menu", maxlength: 20 }),
    h("input", {
      type: "url",
      "aria-label": "Address that it leads to",
      value: target,
      placeholder: "https://",
    }),
    action("Remove", drop, { class: "quiet", "aria-label": `Remove the link ${name}` }),
  );
}
