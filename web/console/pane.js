// What a text will look like and mean, while it is being written.

import { previewOf } from "./campaignapi.js";
import { languageName } from "./campaignwords.js";
import { action, h, icon, shown } from "./dom.js";
import { count, dollars, figure, parseNumber } from "./format.js";
import { refill, settled } from "./live.js";

/**
 * The pane beside a campaign's form. `read` gives the campaign as it is written now; `own` is the
 * program's language; `told` gets each preview, `takePlain` a text in cheaper characters.
 */
export function previewPane({ read, own, told, takePlain }) {
  const phone = h("input", {
    type: "tel",
    name: "as",
    autocomplete: "off",
    placeholder: "anybody",
  });
  const place = h("div", { class: "preview-body" }, unwritten());
  const chosen = { version: "" };
  const ask = settled(
    () => {
      const campaign = read();
      return campaign.body.trim() ? previewOf({ ...campaign, ...reader(phone.value) }) : null;
    },
    (preview) => {
      if (!preview) return place.replaceChildren(unwritten());
      told(preview);
      refill(place, ...content(preview, chosen, own, takePlain));
    },
    (problem) => refill(place, h("p", { class: "problem" }, problem.message)),
  );
  phone.addEventListener("input", () => ask());
  const element = h(
    "aside",
    { class: "pane", "aria-label": "Preview" },
    h("h2", {}, "As it will be read"),
    place,
    h("label", {}, "For which subscriber", phone),
  );
  return { element, ask };
}

const unwritten = () => h("p", { class: "hint" }, "Write the text, and it appears here.");

function reader(typed) {
  const phone = parseNumber(typed);
  return phone ? { phone } : {};
}

function content(preview, chosen, own, takePlain) {
  return shown([
    bubbles(preview.texts, chosen, own),
    meaning(preview),
    preview.costly.length > 0 && costly(preview, takePlain),
    findingList(preview.findings, own),
  ]);
}

function bubbles(texts, chosen, own) {
  if (!texts.length) return null;
  const nameOf = (one) => `${one.variant}|${one.language ?? ""}`;
  const bubble = h("blockquote", { class: "bubble theirs", "aria-label": "The text" });
  const parts = h("p", { class: "facts" });
  const show = (one) => {
    chosen.version = nameOf(one);
    bubble.textContent = one.text;
    bubble.lang = one.language || own;
    parts.textContent = count(one.parts, "part");
  };
  show(texts.find((one) => nameOf(one) === chosen.version) ?? texts[0]);
  return h(
    "div",
    { class: "handset" },
    texts.length > 1 && versionChoice(texts, nameOf, chosen, show, own),
    bubble,
    parts,
  );
}

function versionChoice(texts, nameOf, chosen, show, own) {
  const hasWordings = new Set(texts.map((one) => one.variant)).size > 1;
  const words = (one) =>
    [hasWordings && `Wording ${one.variant}`, languageName(one.language || own)]
      .filter(Boolean)
      .join(", ");
  return h(
    "select",
    {
      "aria-label": "Which of its texts",
      "data-key": "version",
      on: {
        change: ({ target }) => show(texts.find((one) => nameOf(one) === target.value)),
      },
    },
    texts.map((one) => {
      const value = nameOf(one);
      return h("option", { value, selected: value === chosen.version }, words(one));
    }),
  );
}

/** To how many, in how many parts, for how much. */
function meaning(preview) {
  const facts = [
    ["Goes to", count(preview.recipients, "person", "people")],
    ["Of them held out", preview.held_out && figure(preview.held_out)],
    ["Each takes", partRange(preview)],
    ["Costs about", priceRange(preview)],
  ].filter(([, value]) => value);
  return h(
    "dl",
    { class: "meaning" },
    facts.map(([name, value]) => h("div", {}, h("dt", {}, name), h("dd", {}, value))),
  );
}

/** `1–2 parts`. */
export function partRange({ parts_least: least, parts_most: most }) {
  return least === most ? count(most, "part") : `${least}–${count(most, "part")}`;
}

/** `$71–$90`; nothing where the program names no price. */
export function priceRange({ price_least: least, price_most: most }) {
  if (least === null) return "";
  const [low, high] = [dollars(least), dollars(most)];
  return low === high ? low : `${low}–${high}`;
}

function costly({ costly: characters, plain }, takePlain) {
  return h(
    "div",
    { class: "why", "data-key": "costly" },
    h("p", {}, "These characters make every part shorter, and the text dearer:"),
    h(
      "p",
      { class: "characters" },
      characters.map((one) => [h("code", {}, one), " "]),
    ),
    plain && action("Write it without them", () => takePlain(plain), { class: "secondary" }),
  );
}

const LEVELS = { error: "To mend", warning: "Look again", hint: "Worth knowing" };
const ORDER = Object.keys(LEVELS);

/** What the linter found, the worst first. */
export function findingList(findings, own) {
  if (!findings.length) return null;
  const sorted = [...findings].sort(
    (one, other) => ORDER.indexOf(one.level) - ORDER.indexOf(other.level),
  );
  return h(
    "ul",
    { class: "findings" },
    sorted.map((one) =>
      h(
        "li",
        { "data-level": one.level },
        icon(one.level === "hint" ? "check" : "warn"),
        h(
          "div",
          {},
          h("strong", {}, `${LEVELS[one.level] ?? one.level}${placeWords(one, own)}. `),
          one.message,
        ),
      ),
    ),
  );
}

function placeWords({ variant, language }, own) {
  const place = [
    variant && variant !== "A" && `wording ${variant}`,
    language && language !== own && languageName(language),
  ].filter(Boolean);
  return place.length ? `, ${place.join(", ")}` : "";
}
