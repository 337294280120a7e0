// One person: where they stand, what was said, and the proof of it.

import { getConsent, getDocument, getPerson, proofPath } from "./api.js";
import { action, h, toast } from "./dom.js";
import { askToErase } from "./erase.js";
import { prettyNumber, when } from "./format.js";
import { timeline, verdict } from "./ledger.js";
import { pill } from "./people.js";
import { may } from "./session.js";

const FACTS = [
  ["Store", "location"],
  ["Sign", "channel"],
  ["Keyword", "keyword"],
  ["Language", "language"],
];
const TIMES = [
  ["Joined", "joined_at"],
  ["Asked to confirm", "asked_at"],
  ["Held", "held_at"],
  ["Opted out", "opted_out_at"],
  ["Last heard from", "last_heard_at"],
  ["Last offer", "last_run_at"],
];

export async function personView(phone) {
  const seesLedger = may("owner", "marketer");
  const [person, consent] = await Promise.all([
    getPerson(phone),
    seesLedger ? getConsent(phone) : null,
  ]);
  const name = prettyNumber(person.phone);
  const facts = [
    ...FACTS.map(([label, field]) => [label, person[field]]),
    ...TIMES.map(([label, field]) => [label, person[field] && when(person[field])]),
  ].filter(([, value]) => value);
  return [
    h("p", { class: "back" }, h("a", { href: "#/people" }, "← People")),
    h("header", { class: "person" }, h("h1", { "data-title": name }, name), pill(person.status)),
    h(
      "dl",
      { class: "facts-list" },
      facts.map(([label, value]) => h("div", {}, h("dt", {}, label), h("dd", {}, value))),
    ),
    consent &&
      h(
        "div",
        { class: "choice" },
        action("Open the proof to print", () => openProof(phone), { class: "secondary" }),
        may("owner") &&
          person.status !== "forgotten" &&
          action("Erase…", () => askToErase(person.phone), { class: "quiet bad" }),
      ),
    consent && record(consent),
  ];
}

function record(consent) {
  if (!consent.items.length && !consent.erased?.length) {
    return h(
      "section",
      {},
      h("h2", {}, "Consent"),
      h(
        "p",
        { class: "hint" },
        "Nothing that this number has said so far asked for texts, or to end them.",
      ),
    );
  }
  return h(
    "section",
    {},
    h("h2", {}, "Consent"),
    verdict(consent),
    timeline(consent.items, consent.erased),
  );
}

/** The page for a lawyer, in a window of its own, opened at once: later it would be a pop-up. */
async function openProof(phone) {
  const page = window.open("", "_blank");
  try {
    const address = await getDocument(proofPath(phone), "text/html");
    if (page) page.location.replace(address);
    else toast("Your browser kept a new window from opening. Allow it, then try again.", "bad");
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
  } catch (problem) {
    page?.close();
    toast(problem.message, "bad");
  }
}
