// The stores, and the words on the signs: lists whose every line opens a form.

import { deleteOne, getAll, putOne } from "./api.js";
import { action, busy, h, toast } from "./dom.js";
import { field, formOf, nested, openDialog, section, zone } from "./forms.js";
import { placeFields, placeIn } from "./storeplace.js";

const ACTIONS = [
  ["join", "Join: opts in"],
  ["reply", "Reply: answers with your words"],
  ["offer", "Offer: answers with your words"],
];

export const STORES = {
  resource: "locations",
  key: "code",
  title: "Stores",
  one: "store",
  lead: "Customers name one after JOIN: by its code, its name, or another word for it.",
  describe: (one) => [one.name, [one.timezone, one.state, one.zip].filter(Boolean).join(" · ")],
  fields: (one) => [
    field({ path: "name", label: "Name", value: one.name, maxlength: 40 }),
    zone(
      "timezone",
      one.timezone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
      "Offers wait for the store's daytime.",
    ),
    field({
      path: "state",
      label: "State",
      value: one.state,
      maxlength: 2,
      hint: "Two letters; its rules on texting hold.",
    }),
    field({ path: "zip", label: "ZIP", value: one.zip, maxlength: 5, inputmode: "numeric" }),
    ...placeFields(one),
    field({
      path: "aliases",
      label: "Other words for it",
      value: (one.aliases ?? []).join(", "),
      hint: "With commas between: loop, state street.",
    }),
  ],
  body: (one, values) => ({
    ...nested({}, values),
    ...placeIn(values),
    aliases: values.aliases
      .split(",")
      .map((word) => word.trim())
      .filter(Boolean),
  }),
};

export const WORDS = {
  resource: "keywords",
  key: "word",
  title: "Keywords",
  one: "keyword",
  lead: "The words on your signs. Each tells later where somebody read it.",
  describe: (one) => [
    one.channel ?? "No sign named",
    [one.action, one.location, one.reply && `“${one.reply}”`].filter(Boolean).join(" · "),
  ],
  fields: (one, { locations }) => [
    field({ path: "action", label: "What it does", value: one.action ?? "join", options: ACTIONS }),
    field({
      path: "location",
      label: "Store",
      value: one.location,
      options: [
        ["", "Whichever the customer names"],
        ...locations.map((place) => [place.code, place.name]),
      ],
    }),
    field({
      path: "channel",
      label: "Where it is advertised",
      value: one.channel,
      maxlength: 40,
      placeholder: "window sign",
    }),
    field({
      path: "reply",
      label: "Answer",
      kind: "long",
      value: one.reply,
      maxlength: 1530,
      hint: "For replies and offers; a join is answered with what the law asks for.",
    }),
  ],
  body: (one, values) => nested({}, values),
};

export function listSection(kind, items, context) {
  const list = h("ul", { class: "rows" });
  const fill = async () =>
    list.replaceChildren(...rows(kind, await getAll(kind.resource), context, fill));
  list.append(...rows(kind, items, context, fill));
  const add = action(`Add a ${kind.one}`, () => edit(kind, null, context, fill), {
    class: "secondary",
  });
  return section(kind.title, kind.lead, list, add);
}

function rows(kind, items, context, changed) {
  if (!items.length) return [h("li", { class: "hint" }, `No ${kind.one} yet.`)];
  return items.map((one) => {
    const [name, facts] = kind.describe(one);
    const open = action("Edit", () => edit(kind, one, context, changed), {
      class: "quiet",
      "aria-label": `Edit ${one[kind.key]}`,
    });
    return h(
      "li",
      {},
      h(
        "div",
        {},
        h("strong", {}, one[kind.key]),
        " ",
        h("span", {}, name),
        h("p", { class: "facts" }, facts),
      ),
      open,
    );
  });
}

function edit(kind, one, context, changed) {
  const title = one ? `${one[kind.key]}` : `Add a ${kind.one}`;
  const dialog = openDialog(title, (close) => {
    const label = kind.key === "code" ? "Code" : "Word";
    const named = one
      ? []
      : [
          field({
            path: kind.key,
            label,
            maxlength: 20,
            autocapitalize: "characters",
            hint: "Letters and digits, such as DOWNTOWN.",
          }),
        ];
    const fields = [...named, ...kind.fields(one ?? {}, context)];
    const save = async ({ [kind.key]: name, ...values }) => {
      await putOne(kind.resource, one?.[kind.key] ?? (name || "-"), kind.body(one, values));
      await done(`${one?.[kind.key] ?? name.toUpperCase()} is saved.`, close, changed);
    };
    return formOf(fields, {
      save,
      button: "Save",
      beside: one ? [remover(kind, one, close, changed)] : [],
    });
  });
  dialog.querySelector("input, select").focus();
}

/** Pressed once it asks, pressed twice it removes. */
function remover(kind, one, close, changed) {
  let isSure = false;
  const button = h("button", { type: "button", class: "quiet bad" }, "Remove");
  const remove = async () => {
    if (!isSure) {
      isSure = true;
      button.textContent = `Really remove ${one[kind.key]}?`;
      return;
    }
    try {
      await deleteOne(kind.resource, one[kind.key]);
      await done(`${one[kind.key]} is removed.`, close, changed);
    } catch (problem) {
      toast(problem.message, "bad");
    }
  };
  button.addEventListener("click", () => busy(button, remove));
  return button;
}

async function done(words, close, changed) {
  close();
  toast(words);
  await changed();
}
