// Shop: the program that customers say yes to, its stores, and the words on its signs.

import { getAll, getProgramOrNone, putProgram } from "./api.js";
import { listSection, STORES, WORDS } from "./catalog.js";
import { h, toast } from "./dom.js";
import { parseNumber, prettyNumber } from "./format.js";
import { field, formOf, nested, section, zone } from "./forms.js";
import { may } from "./session.js";

export async function shopView() {
  const [program, locations, keywords] = await Promise.all([
    getProgramOrNone(),
    getAll("locations"),
    getAll("keywords"),
  ]);
  return [
    h("h1", {}, "Shop"),
    section(
      "Program",
      "What customers say yes to. The name begins every text, and the law asks for the rest.",
      programForm(program),
    ),
    listSection(STORES, locations, {}),
    listSection(WORDS, keywords, { locations }),
    may("owner") && forDevelopers(),
  ];
}

const forDevelopers = () =>
  section(
    "For developers",
    "Your own systems can be told of joins, clicks, redemptions and the rest.",
    h("div", { class: "choice" }, h("a", { class: "button", href: "#/shop/hooks" }, "Web hooks")),
  );

function programForm(program) {
  const now = program ?? {
    caps: {},
    opt_in: "single",
    frequency: "up to 4 msgs/month",
    timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  };
  const fields = [
    field({ path: "name", label: "Name", value: now.name, maxlength: 30 }),
    field({
      path: "help_contact",
      label: "Where a person answers",
      value: now.help_contact,
      maxlength: 80,
      hint: "Part of the reply to HELP: an address or a phone number.",
    }),
    field({
      path: "frequency",
      label: "How often texts come",
      value: now.frequency,
      maxlength: 60,
      hint: "As told to those who join, such as “up to 4 msgs/month”.",
    }),
    field({
      path: "opt_in",
      label: "Joining takes",
      value: now.opt_in,
      options: [
        ["single", "one text: JOIN"],
        ["double", "two texts: JOIN, then YES"],
      ],
    }),
    field({
      path: "terms_url",
      label: "Terms",
      kind: "url",
      value: now.terms_url,
      placeholder: "https://",
    }),
    field({
      path: "privacy_url",
      label: "Privacy",
      kind: "url",
      value: now.privacy_url,
      placeholder: "https://",
    }),
    zone("timezone", now.timezone, "For those who belong to no store."),
    ...[
      ["per_day", "day"],
      ["per_week", "week"],
      ["per_month", "month"],
    ].map(([name, span]) =>
      field({
        path: `caps.${name}`,
        label: `Offers a ${span}, at most`,
        kind: "number",
        min: 1,
        value: now.caps[name],
      }),
    ),
    ...moneyFields(now),
    field({
      path: "staff_phones",
      label: "Phones of the staff",
      value: (now.staff_phones ?? []).map(prettyNumber).join(", "),
      hint: "With commas between. Campaigns can be tried on them first.",
    }),
  ];
  const readOnly = !may("owner");
  const save = async (values) => {
    // What this form doesn't show stays as it is.
    const kept = { ...program, caps: { ...program?.caps }, spend_limits: limitsOf(program) };
    await putProgram({ ...nested(kept, values), staff_phones: phonesIn(values.staff_phones) });
    toast("The program is saved.");
  };
  return [
    readOnly && h("p", { class: "hint" }, "Only an owner changes the program."),
    formOf(fields, { save, button: "Save the program", readOnly }),
  ];
}

/** What is no number goes as it was typed, for the API to say so. */
const phonesIn = (typed) =>
  typed
    .split(",")
    .map((one) => parseNumber(one) ?? one.trim())
    .filter(Boolean);

const limitsOf = (program) => ({ ...program?.spend_limits });

/** What a text costs, and where the shop draws the line. */
function moneyFields(now) {
  const limits = limitsOf(now);
  return [
    field({
      path: "price_per_part",
      label: "Price of a message part, in dollars",
      inputmode: "decimal",
      value: now.price_per_part,
      placeholder: "0.0108",
      hint: "Fees included, as your carrier’s bill has it. Estimates are worked out from it.",
    }),
    ...[
      ["per_day", "day"],
      ["per_month", "month"],
    ].map(([name, spanned]) =>
      field({
        path: `spend_limits.${name}`,
        label: `Spend at most a ${spanned}, in dollars`,
        inputmode: "decimal",
        value: limits[name],
        hint: "Offers pause there. Empty for no limit.",
      }),
    ),
  ];
}
