// Who may redeem coupons: by a text from their phone, or with a PIN on the redeem page.

import { deleteOne, getAll, putOne } from "./api.js";
import { askFirst } from "./confirming.js";
import { action, h, toast } from "./dom.js";
import { parseNumber, prettyNumber } from "./format.js";
import { field, formOf, openDialog, section } from "./forms.js";
import { may } from "./session.js";

export async function staffSection(locations) {
  const list = h("ul", { class: "rows" });
  const fill = async () => list.replaceChildren(...rows(await getAll("staff"), locations, fill));
  await fill();
  const add = action("Add somebody", () => edit(null, locations, fill), { class: "secondary" });
  return section(
    "Staff",
    "They text USE and the code from their phone, or sign in to the redeem page.",
    list,
    may("owner") ? h("div", {}, add) : h("p", { class: "hint" }, "Only an owner changes this list."),
  );
}

function rows(staff, locations, changed) {
  if (!staff.length) return [h("li", { class: "hint" }, "Nobody yet: so nobody can redeem.")];
  const names = new Map(locations.map(({ code, name }) => [code, name]));
  return staff.map((one) => {
    const where = one.location ? (names.get(one.location) ?? one.location) : "Every store";
    const facts = [prettyNumber(one.phone), where, one.has_pin ? "has a PIN" : "by text only"];
    return h(
      "li",
      {},
      h("div", {}, h("strong", {}, one.name), h("p", { class: "facts" }, facts.join(" · "))),
      may("owner") &&
        action("Edit", () => edit(one, locations, changed), {
          class: "quiet",
          "aria-label": `Edit ${one.name}`,
        }),
    );
  });
}

function edit(one, locations, changed) {
  const dialog = openDialog(one ? one.name : "Add somebody", (close) => {
    const phone = field({ path: "phone", label: "Phone", kind: "tel", inputmode: "tel" });
    const fields = [
      ...(one ? [] : [phone]),
      field({ path: "name", label: "Name", value: one?.name, maxlength: 40 }),
      field({
        path: "location",
        label: "Store",
        value: one?.location,
        options: [["", "Every store"], ...locations.map(({ code, name }) => [code, name])],
      }),
      field({
        path: "pin",
        label: one?.has_pin ? "Another PIN" : "PIN",
        inputmode: "numeric",
        maxlength: 8,
        hint: one?.has_pin
          ? "Empty: it stays as it is. Nobody can read it."
          : "4 to 8 digits, for the redeem page. Empty: by text only.",
      }),
    ];
    const save = async ({ phone: typed, name, location, pin }) => {
      const number = one?.phone ?? parseNumber(typed) ?? (typed || "-");
      await putOne("staff", number, { name, location: location || null, pin: pin || null });
      close();
      toast(`${name} is saved.`);
      await changed();
    };
    return formOf(fields, { save, button: "Save", beside: one ? [remover(one, close, changed)] : [] });
  });
  dialog.querySelector("input").focus();
}

function remover(one, close, changed) {
  const work = async () => {
    await deleteOne("staff", one.phone);
    toast(`${one.name} is removed.`);
    await changed();
  };
  const ask = () => {
    close();
    const told = ["Texts from their phone redeem nothing any more, and they can’t sign in."];
    askFirst({ title: `Remove ${one.name}?`, told, button: "Remove" }, work);
  };
  return h("button", { type: "button", class: "quiet bad", on: { click: ask } }, "Remove");
}
