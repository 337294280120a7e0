// Erasing a person, for owners: what goes, what stays, and no way back.

import { erase } from "./api.js";
import { action, h, toast } from "./dom.js";
import { prettyNumber } from "./format.js";
import { openDialog } from "./forms.js";

const GOES =
  "Their texts, preferences, store and sign are deleted, and no offer reaches them any more. This can't be undone.";
const STAYS =
  "What stays is the proof that they opted out: the number, when, and the words that ended it. Other entries of the record keep their place in it, and lose their words.";

export function askToErase(phone) {
  const name = prettyNumber(phone);
  openDialog(`Erase ${name}?`, (close) => {
    const trouble = h("p", { class: "problem", role: "alert", hidden: true });
    const reason = h("input", { name: "reason", maxlength: 300, autocomplete: "off" });
    const work = async () => {
      try {
        await erase(phone, reason.value.trim());
      } catch (problem) {
        trouble.textContent = problem.message;
        trouble.hidden = false;
        return;
      }
      close();
      toast(`${name} is erased.`);
      // The page shows them as they are now.
      dispatchEvent(new HashChangeEvent("hashchange"));
    };
    const keep = h("button", { type: "button", class: "secondary", on: { click: close } }, "Keep");
    return [
      h("p", {}, GOES),
      h("p", {}, STAYS),
      h("label", {}, "Reason, which stays in the record", reason),
      trouble,
      h("div", { class: "choice" }, action("Erase", work, { class: "danger" }), keep),
    ];
  });
}
