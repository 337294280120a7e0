// Asking once more before something that can't be taken back, or that many will notice.

import { action, h } from "./dom.js";
import { openDialog } from "./forms.js";

/** A dialog that says what will happen, then does `work`; what goes wrong is said in it. */
export function askFirst({ title, told, button, kind = "danger", keep = "Keep it" }, work) {
  openDialog(title, (close) => {
    const trouble = h("p", { class: "problem", role: "alert", hidden: true });
    const go = async () => {
      trouble.hidden = true;
      try {
        await work();
        close();
      } catch (problem) {
        if (problem.status === undefined) throw problem;
        trouble.textContent = problem.message;
        trouble.hidden = false;
      }
    };
    return [
      told.map((words) => h("p", {}, words)),
      trouble,
      h(
        "div",
        { class: "choice" },
        action(button, go, { class: kind }),
        h("button", { type: "button", class: "secondary", on: { click: close } }, keep),
      ),
    ];
  });
}
