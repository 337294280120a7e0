// Bringing in people who agreed elsewhere, from a file with the proof of each.

import { createImport, getImport, getProgram, startImport } from "./api.js";
import { action, busy, h, toast } from "./dom.js";
import { count } from "./format.js";
import { section } from "./forms.js";
import { listImports, refusedButton, STATES } from "./importlist.js";
import { reach } from "./problems.js";

const ATTESTATION = "I have proof of consent for each row";
const BETWEEN_LOOKS_MS = 1000;
const DATES = [
  ["iso", "2026-11-23, year first"],
  ["month_first", "11/23/2026, month first"],
  ["day_first", "23/11/2026, day first"],
];

/** Where an owner brings in a file. */
export function importSection() {
  const place = h("div", { class: "import" });
  const earlier = h("div");
  begin(place, earlier);
  listImports(earlier);
  const lead =
    "From a CSV file with a number and the evidence of consent in every row. It is checked first; nobody is texted, and nobody who has opted out comes back.";
  return section("People you already have", lead, place, earlier);
}

function begin(place, earlier) {
  const file = h("input", { type: "file", name: "file", accept: ".csv,text/csv", required: true });
  const dates = h(
    "select",
    { name: "dates" },
    DATES.map(([value, words]) => h("option", { value }, words)),
  );
  const attest = h("input", { type: "checkbox", name: "attest", required: true });
  const trouble = h("p", { class: "problem", role: "alert", hidden: true });
  const button = h("button", { type: "submit", class: "primary" }, "Check the file");
  const check = async () => {
    trouble.hidden = true;
    try {
      await upload(place, earlier, file.files[0], dates.value);
    } catch (problem) {
      place.replaceChildren(form);
      trouble.textContent = problem.message;
      trouble.hidden = false;
    }
  };
  const form = h(
    "form",
    { class: "form", on: { submit: (event) => (event.preventDefault(), busy(button, check)) } },
    h("label", {}, "File", file),
    h("label", {}, "Dates are written as", dates),
    h("label", { class: "tick" }, attest, h("span", {}, `${ATTESTATION}.`)),
    trouble,
    h("div", { class: "choice" }, button),
  );
  place.replaceChildren(form);
}

async function upload(place, earlier, file, dates) {
  const { name: program } = await getProgram();
  const wish = { filename: file.name, bytes: file.size, program, attestation: ATTESTATION, dates };
  const made = await createImport(wish);
  place.replaceChildren(progress("Uploading…", null));
  // A slice has no type, hence the request no header that the store would have to be asked about.
  const body = file.slice();
  const answer = await reach(made.upload.url, { method: made.upload.method, body });
  if (!answer.ok) throw new Error(`The file could not be uploaded (${answer.status}).`);
  await follow(place, earlier, await startImport(made.id, true));
}

/** Show an import until it has come to an end, which is a state to decide in or the last one. */
async function follow(place, earlier, job) {
  for (let now = job; ; now = await getImport(job.id)) {
    const isUnderWay = ["checking", "importing", "awaiting_file"].includes(now.state);
    place.replaceChildren(...(isUnderWay ? [underWay(now)] : outcome(place, earlier, now)));
    if (!isUnderWay || !place.isConnected) break;
    await new Promise((resolve) => setTimeout(resolve, BETWEEN_LOOKS_MS));
  }
  listImports(earlier);
}

function progress(words, percent) {
  const bar = h("progress", { max: 100, ...(percent !== null && { value: percent }) });
  return h("label", { class: "progress" }, words, bar);
}

function underWay(job) {
  const words = `${STATES[job.state]}: ${count(job.rows, "row")} so far`;
  return progress(words, job.percent);
}

function outcome(place, earlier, job) {
  const again = action("Another file", () => begin(place, earlier), { class: "secondary" });
  if (job.state === "failed") {
    return [h("p", { class: "problem", role: "alert" }, job.failure), again];
  }
  const isDone = job.state === "imported";
  const go = action(
    `Import ${count(job.imported, "person", "people")}`,
    () => carryOn(place, earlier, job),
    { class: "primary" },
  );
  return [
    h("p", {}, h("strong", {}, job.filename), isDone ? " is imported." : " is checked."),
    counts(job),
    h(
      "div",
      { class: "choice" },
      !isDone && job.imported > 0 && go,
      job.refused > 0 && refusedButton(job),
      again,
    ),
  ];
}

async function carryOn(place, earlier, job) {
  try {
    await follow(place, earlier, await startImport(job.id, false));
  } catch (problem) {
    toast(problem.message, "bad");
  }
}

function counts(job) {
  const verb = job.state === "imported" ? "Imported" : "Can be imported";
  const reasons = Object.entries(job.reasons).map(
    ([reason, number]) => `${reason.replaceAll("_", " ")}: ${number}`,
  );
  const facts = [
    ["Rows", job.rows],
    [verb, job.imported],
    ["Subscribed already", job.already_subscribed],
    [
      "Refused",
      [job.refused, reasons.length > 0 && h("p", { class: "facts" }, reasons.join(" · "))],
    ],
  ];
  return h(
    "dl",
    { class: "facts-list" },
    facts.map(([name, value]) =>
      h(
        "div",
        {},
        h("dt", {}, name),
        h(
          "dd",
          {},
          [value].flat().map((one) => (typeof one === "number" ? String(one) : one)),
        ),
      ),
    ),
  );
}
