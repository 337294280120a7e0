// The files that were brought in before, and the rows of each that were refused.

import { getImports, getRefused } from "./api.js";
import { action, h, toast } from "./dom.js";
import { count } from "./format.js";
import { moment } from "./ledger.js";

const LATEST = 5;
export const STATES = {
  awaiting_file: "Waiting for the file",
  checking: "Being checked",
  checked: "Checked, not imported",
  importing: "Being imported",
  imported: "Imported",
  failed: "Could not be read",
};

/** Downloads the refused rows, each with the reason. */
export function refusedButton(job) {
  const fetchList = async () => {
    try {
      const { url } = await getRefused(job.id);
      h("a", { href: url, download: `refused-${job.filename}`, rel: "noreferrer" }).click();
    } catch (problem) {
      toast(problem.message, "bad");
    }
  };
  return action("Refused rows", fetchList, {
    class: "secondary",
    "aria-label": `Refused rows of ${job.filename}`,
  });
}

/** The latest files, into `earlier`. */
export async function listImports(earlier) {
  try {
    const { items } = await getImports(LATEST);
    earlier.replaceChildren(...(items.length ? [h("h3", {}, "Latest files"), rows(items)] : []));
  } catch (problem) {
    earlier.replaceChildren(h("p", { class: "problem" }, problem.message));
  }
}

function rows(items) {
  return h(
    "ul",
    { class: "rows" },
    items.map((job) =>
      h(
        "li",
        {},
        h(
          "div",
          {},
          h("strong", {}, job.filename),
          " ",
          moment(job.created_at),
          h(
            "p",
            { class: "facts" },
            `${STATES[job.state]} · ${count(job.imported, "person", "people")}, ${job.refused} refused`,
          ),
        ),
        job.refused > 0 && refusedButton(job),
      ),
    ),
  );
}
