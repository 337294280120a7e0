// A person's consent ledger, as a conversation with notes.

import { h, icon } from "./dom.js";
import { ago, changeName, when } from "./format.js";

const LOUD = new Set(["opted_out", "forgotten", "erased", "unreachable"]);

export function moment(iso, properties = {}) {
  return h("time", { datetime: iso, title: when(iso), ...properties }, ago(iso));
}

/** What they wrote and what we answered, word for word. */
export function exchange(entry) {
  return [
    entry.words &&
      h("blockquote", { class: "bubble theirs", "aria-label": "They wrote" }, entry.words),
    entry.shown &&
      h("blockquote", { class: "bubble ours", "aria-label": "We answered" }, entry.shown),
  ];
}

function entryItem(entry) {
  const facts = [entry.keyword && `keyword ${entry.keyword}`, entry.location, entry.channel]
    .filter(Boolean)
    .join(" · ");
  return h(
    "li",
    {
      class: "entry",
      "data-change": entry.change,
      "data-tone": LOUD.has(entry.change) ? "loud" : entry.change === "held" ? "held" : "plain",
    },
    h("h3", {}, changeName(entry.change), " ", h("time", { datetime: entry.at }, when(entry.at))),
    facts && h("p", { class: "facts" }, facts),
    exchange(entry),
    entry.rule && h("p", { class: "rule" }, `Read by: ${entry.rule}`),
  );
}

function erasedItem(place) {
  return h(
    "li",
    { class: "entry", "data-tone": "erased" },
    h("h3", {}, `Entry ${place.seq}: erased on request`),
    h("p", { class: "facts" }, "Its words are gone; its digest holds its place in the record."),
  );
}

/** Entries, the newest first, with the places of those whose words were erased. */
export function timeline(entries, erased = []) {
  const items = [
    ...entries.map((entry) => [entry.seq, entryItem(entry)]),
    ...erased.map((place) => [place.seq, erasedItem(place)]),
  ];
  items.sort(([one], [other]) => other - one);
  return h(
    "ol",
    { class: "timeline", reversed: true },
    items.map(([, item]) => item),
  );
}

export function verdict(consent) {
  if (consent.verified) {
    return h(
      "p",
      { class: "verdict good" },
      icon("check"),
      "This record is complete and unchanged: every entry names the one before it by its digest.",
    );
  }
  return h(
    "div",
    { class: "verdict bad", role: "alert" },
    icon("warn"),
    h(
      "div",
      {},
      h("strong", {}, "This record was changed after it was written."),
      h(
        "ul",
        {},
        consent.faults.map((fault) => h("li", {}, fault)),
      ),
    ),
  );
}
