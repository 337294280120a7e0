// Pools: codes of the shop's own till system, for campaigns to give out.

import { askFirst } from "./confirming.js";
import { stack } from "./bars.js";
import { action, h, toast } from "./dom.js";
import { count, figure } from "./format.js";
import { field, formOf, openDialog, section } from "./forms.js";
import { addCodes, createPool, getPools, removePool } from "./offerapi.js";

/** Every pool; none where they can't be read just now, so that a campaign can be written. */
export async function poolsOrNone() {
  try {
    return await getPools();
  } catch (problem) {
    if (problem.status === undefined) throw problem;
    return [];
  }
}

export async function poolsSection() {
  const list = h("ul", { class: "rows" });
  const fill = async () => list.replaceChildren(...rows(await getPools(), fill));
  await fill();
  return section(
    "Codes of your till",
    "Where the till must know the code: import its list, and each customer gets one of it.",
    list,
    h("div", {}, action("Import codes", () => fillPool(null, fill), { class: "secondary" })),
  );
}

function rows(pools, changed) {
  if (!pools.length) return [h("li", { class: "hint" }, "No pool: campaigns use Sayso’s own codes.")];
  return pools.map((one) => {
    const kept = Math.min(one.free, one.reserved);
    return h(
      "li",
      { class: "pool" },
      h(
        "div",
        {},
        h("strong", {}, one.name),
        stack([
          ["sent", one.given],
          ["unknown", kept],
          ["waiting", one.free - kept],
        ]),
        h("p", { class: "facts" }, poolWords(one)),
      ),
      h(
        "div",
        { class: "choice" },
        action("Add codes", () => fillPool(one, changed), {
          class: "quiet",
          "aria-label": `Add codes to ${one.name}`,
        }),
        one.given === 0 &&
          action("Remove", () => remove(one, changed), {
            class: "quiet bad",
            "aria-label": `Remove ${one.name}`,
          }),
      ),
    );
  });
}

const poolWords = ({ codes, free, given, reserved }) =>
  `${count(codes, "code")}: ${figure(given)} given out, ${figure(free)} free` +
  (reserved ? `, of which campaigns count on ${figure(reserved)}` : "");

function fillPool(pool, changed) {
  openDialog(pool ? `More codes for ${pool.name}` : "Import codes", (close) => {
    const text = field({
      path: "csv",
      label: "Codes",
      kind: "long",
      hint: "One a line, or a CSV file with a column named code.",
    });
    const area = text.querySelector("textarea");
    const file = h("input", { type: "file", accept: ".csv,.txt,text/csv,text/plain" });
    file.addEventListener("change", async () => {
      if (file.files[0]) area.value = await file.files[0].text();
    });
    const named = pool ? [] : [field({ path: "name", label: "Name", maxlength: 40 })];
    const save = async ({ name, csv }) => {
      const filled = await (pool ? addCodes(pool.id, csv) : createPool({ name, csv }));
      close();
      told(filled);
      await changed();
    };
    const form = formOf([...named, text], { save, button: "Import" });
    text.before(h("label", { class: "field" }, "From a file", file));
    return form;
  });
}

/** What was imported, and the rows that were not. */
function told({ added, refused, refused_rows: bad }) {
  const words = `${count(added, "code")} imported.`;
  if (!refused) return toast(words);
  openDialog(`${count(refused, "row")} brought no code`, () => [
    h("p", {}, words),
    h(
      "ul",
      { class: "reasons" },
      bad.map(({ row, reason }) => h("li", {}, h("span", {}, `Row ${row}`), h("span", {}, reason))),
    ),
  ]);
}

function remove(pool, changed) {
  const work = async () => {
    await removePool(pool.id);
    toast(`${pool.name} is removed.`);
    await changed();
  };
  const asked = ["Nobody has a code of it."];
  askFirst({ title: `Remove ${pool.name}?`, told: asked, button: "Remove" }, work);
}
