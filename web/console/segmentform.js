// Giving a segment a name, to start from it later.

import { createSegment } from "./campaignapi.js";
import { toast } from "./dom.js";
import { field, formOf, openDialog } from "./forms.js";

/** `audience` as the form above holds it. */
export function saveAsSegment(audience) {
  const dialog = openDialog("Save as a segment", (close) => {
    const name = field({ path: "name", label: "Name", maxlength: 80 });
    const save = async (values) => {
      const segment = await createSegment({ ...audience, ...values });
      close();
      toast(`“${segment.name}” is saved.`);
    };
    return formOf([name], { save, button: "Save" });
  });
  dialog.querySelector("input").focus();
}
