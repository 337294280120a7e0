// People: who joined where, by number, store or status.

import { getAll, getPeople } from "./api.js";
import { action, h } from "./dom.js";
import { parseNumber, prettyNumber, STATUS_FILTERS, statusName, storeNames } from "./format.js";
import { moment } from "./ledger.js";
import { may } from "./session.js";

const PAGE = 50;
// A page of the list may be empty and not the last: that many are asked for in one go.
const EMPTY_AT_MOST = 20;

export const pill = (status) =>
  h("span", { class: "pill", "data-status": status }, statusName(status));

export async function peopleView() {
  const heading = h("h1", {}, "People");
  if (!may("owner", "marketer"))
    return [
      heading,
      search(),
      h(
        "p",
        { class: "hint" },
        "Your role looks people up by their number; owners and marketers see the list.",
      ),
    ];
  const locations = await getAll("locations");
  const list = h("div", { class: "list" });
  const place = h(
    "select",
    { name: "location" },
    h("option", { value: "" }, "Every store"),
    locations.map((one) => h("option", { value: one.code }, one.name)),
    h("option", { value: "-" }, "No store named"),
  );
  const status = h(
    "select",
    { name: "status" },
    h("option", { value: "" }, "Any status"),
    STATUS_FILTERS.map((one) => h("option", { value: one }, statusName(one))),
  );
  const names = storeNames(locations);
  const reload = () => load(list, { location: place.value, status: status.value }, names);
  for (const filter of [place, status]) filter.addEventListener("change", reload);
  await reload();
  const filters = h(
    "div",
    { class: "filters" },
    search(),
    h("label", {}, "Store", place),
    h("label", {}, "Status", status),
  );
  return [heading, filters, list];
}

function search() {
  const trouble = h("p", { class: "problem", role: "alert", hidden: true, id: "search-problem" });
  const input = h("input", {
    type: "tel",
    name: "phone",
    autocomplete: "off",
    placeholder: "(312) 555-0104",
    "aria-describedby": "search-problem",
  });
  const find = (event) => {
    event.preventDefault();
    const phone = parseNumber(input.value);
    trouble.hidden = phone !== null;
    trouble.textContent =
      "That isn't a phone number. Ten digits are American; others begin with +.";
    if (phone) location.hash = `/people/${phone}`;
    else input.focus();
  };
  return h(
    "form",
    { class: "search", role: "search", on: { submit: find } },
    h(
      "label",
      {},
      "Phone number",
      h(
        "span",
        { class: "joined" },
        input,
        h("button", { type: "submit", class: "secondary" }, "Find"),
      ),
    ),
    trouble,
  );
}

/** Newest filters win: an answer that comes late to a list that has changed since is dropped. */
async function load(list, filters, names) {
  const asked = {};
  list.asked = asked;
  list.setAttribute("aria-busy", "true");
  const rows = h("tbody");
  const more = action("Show more", () => append(rows, more, filters, names), {
    class: "secondary",
  });
  more.next = "";
  try {
    await append(rows, more, filters, names);
  } catch (problem) {
    if (list.asked === asked)
      list.replaceChildren(
        h("p", { class: "problem", role: "alert" }, problem.message),
        action("Try again", () => load(list, filters, names), { class: "secondary" }),
      );
    return;
  } finally {
    list.removeAttribute("aria-busy");
  }
  if (list.asked !== asked) return;
  const isFiltered = filters.location || filters.status;
  if (!rows.childElementCount) list.replaceChildren(nobody(isFiltered));
  else list.replaceChildren(table(rows), more);
}

async function append(rows, more, filters, names) {
  let page = { items: [], next: more.next };
  for (let tries = 0; tries < EMPTY_AT_MOST; tries += 1) {
    const wanted = Object.entries({ ...filters, limit: PAGE, cursor: page.next }).filter(
      ([, value]) => value,
    );
    page = await getPeople(Object.fromEntries(wanted));
    if (page.items.length || !page.next) break;
  }
  rows.append(...page.items.map((one) => row(one, names)));
  more.next = page.next ?? "";
  more.hidden = !page.next;
}

function table(rows) {
  const head = ["Number", "Status", "Store", "Sign", "Last heard from"];
  return h(
    "table",
    { class: "people" },
    h("caption", { class: "unseen" }, "People"),
    h(
      "thead",
      {},
      h(
        "tr",
        {},
        head.map((name) => h("th", { scope: "col" }, name)),
      ),
    ),
    rows,
  );
}

function row(person, names) {
  const cell = (label, words) =>
    h("td", { "data-label": label, class: words ? null : "none" }, words || "–");
  return h(
    "tr",
    {},
    h(
      "th",
      { scope: "row" },
      h("a", { href: `#/people/${person.phone}` }, prettyNumber(person.phone)),
    ),
    cell("Status", pill(person.status)),
    cell("Store", names.get(person.location) ?? person.location),
    cell("Sign", person.channel),
    cell("Last heard from", person.last_heard_at && moment(person.last_heard_at)),
  );
}

function nobody(isFiltered) {
  const words = isFiltered
    ? "Nobody fits. Choose another store or status."
    : "Nobody has texted yet. Put up a sign with one of your keywords, and they will appear here.";
  return h(
    "div",
    { class: "blank" },
    h("h2", {}, isFiltered ? "Nobody here" : "Nobody yet"),
    h("p", {}, words),
  );
}
