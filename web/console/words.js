// What a campaign says: its text, other wordings beside it, and each of them in other languages.

import { action, h } from "./dom.js";
import { count } from "./format.js";
import { field, section } from "./forms.js";
import { LANGUAGES, languageName, upper } from "./campaignwords.js";
import { insertion } from "./variables.js";

// The name of the wording that the campaign's own text is.
const FIRST = "A";
const NAMES = ["B", "C", "D", "E", "F"];

/**
 * The fields, what they hold (`value`), and `show` for the texts of a preview. `own` is the language
 * of the program; `changed` is told of what no input event tells.
 */
export function wordsSection(given, { own, changed }) {
  const first = wording({ ...given, name: FIRST }, own, () => arrange());
  const others = h("div", { class: "wordings" });
  let last = first.querySelector("textarea");
  const blocks = () => [first, ...others.children];
  const more = action("Try another wording beside it", () => add(), { class: "secondary" });
  const holdout = field({
    path: "holdout_percent",
    label: "Hold-out, in percent",
    kind: "number",
    min: 0,
    max: 50,
    value: given.holdout_percent ?? 0,
    hint: "Who get nothing, to see what the text itself brings about. 0 for nobody.",
  });
  const arrange = () => {
    blocks().forEach((block, place) => number(block, place - 1));
    more.hidden = others.childElementCount === NAMES.length;
    first.querySelector("h3").hidden = !others.childElementCount;
    changed();
  };
  const add = (variant) => {
    const used = new Set(blocks().map((block) => block.dataset.name));
    const name = variant?.name ?? NAMES.find((one) => !used.has(one));
    const block = wording(
      { ...variant, name },
      own,
      () => arrange(),
      () => (block.remove(), arrange()),
    );
    others.append(block);
    arrange();
    if (!variant) block.querySelector("textarea").focus();
  };
  given.variants?.forEach(add);
  arrange();
  const element = section(
    "What it says",
    "The program’s name has to be in it, and how to get out: such as “Reply STOP to end.”",
    first,
    others,
    insertion(() => last, changed),
    h("div", { class: "choice" }, more),
    h("div", { class: "form" }, holdout),
  );
  element.addEventListener("focusin", ({ target }) => {
    if (target.matches(".wording textarea")) last = target;
  });
  return {
    element,
    value: () => {
      const [{ body, translations }, ...variants] = blocks().map(wordingOf);
      const percent = Number(holdout.querySelector("input").value);
      return { body, translations, variants, holdout_percent: percent };
    },
    show: (texts) => blocks().forEach((block) => showCounts(block, texts, own)),
    setBody: (text) => {
      first.querySelector("textarea").value = text;
      changed();
    },
  };
}

/** One wording in the program's language, and as many translations as there are. */
function wording(given, own, changed, remove) {
  const translations = h("div", { class: "translations" });
  const language = h("select", { "aria-label": `Language to add to wording ${given.name}` });
  const adder = action("Add a language", () => add(language.value), { class: "quiet" });
  const offer = () => {
    const there = [...translations.children].map((one) => one.dataset.language);
    const left = LANGUAGES.filter(([code]) => code !== own && !there.includes(code));
    language.replaceChildren(...left.map(([value, words]) => h("option", { value }, words)));
    language.hidden = adder.hidden = !left.length;
  };
  const add = (code, body) => {
    const drop = () => (block.remove(), offer(), changed());
    const block = translation(given.name, code, body, drop);
    translations.append(block);
    offer();
    if (body !== undefined) return;
    changed();
    block.querySelector("textarea").focus();
  };
  for (const [code, body] of Object.entries(given.translations ?? {})) add(code, body);
  offer();
  const name = remove ? `Remove wording ${given.name}` : "";
  return h(
    "div",
    {
      class: "wording",
      role: "group",
      "aria-label": `Wording ${given.name}`,
      "data-name": given.name,
    },
    h(
      "header",
      {},
      h("h3", {}, `Wording ${given.name}`),
      remove && action("Remove", remove, { class: "quiet", "aria-label": name }),
    ),
    textField(`Text in ${languageName(own)}`, given.body),
    remove && weight(given),
    translations,
    h("div", { class: "choice adder" }, language, adder),
  );
}

function translation(name, code, body, drop) {
  const language = `in ${languageName(code)}`;
  return h(
    "div",
    { class: "translation", "data-language": code },
    textField(upper(language), body),
    action("Remove", drop, { class: "quiet", "aria-label": `Remove wording ${name} ${language}` }),
  );
}

function textField(label, value) {
  const block = field({ path: "body", label, kind: "long", value });
  block.querySelector(".hint").classList.add("counter");
  return block;
}

function weight(given) {
  return field({
    path: "weight",
    label: "How many get it for each one who gets wording A",
    kind: "number",
    min: 1,
    max: 100,
    value: given.weight ?? 1,
  });
}

/** Say of each field what the API calls its value: `place` counts the variants, -1 is the first. */
function number(block, place) {
  const before = place < 0 ? "" : `variants.${place}.`;
  block.querySelector(":scope > .field").dataset.path = `${before}body`;
  const share = block.querySelector(".field:has([name=weight])");
  if (share) share.dataset.path = `${before}weight`;
  for (const one of block.querySelectorAll(".translation")) {
    one.querySelector(".field").dataset.path = `${before}translations.${one.dataset.language}`;
  }
}

function wordingOf(block) {
  const text = (place) => place.querySelector("textarea").value;
  const translations = [...block.querySelectorAll(".translation")].map((one) => [
    one.dataset.language,
    text(one),
  ]);
  const share = block.querySelector("[name=weight]");
  return {
    name: block.dataset.name,
    body: text(block),
    translations: Object.fromEntries(translations),
    weight: share ? Number(share.value) : 1,
  };
}

function showCounts(block, texts, own) {
  for (const place of [block, ...block.querySelectorAll(".translation")]) {
    const language = place.dataset.language ?? own;
    const found = texts.find(
      (one) => one.variant === block.dataset.name && (one.language || own) === language,
    );
    place.querySelector(".counter").textContent = found ? partWords(found) : "";
  }
}

/** `1 part · GSM-7`, of one text as it is rendered. */
const partWords = ({ parts, encoding }) =>
  `${count(parts, "part")} · ${encoding === "GSM-7" ? "plain characters" : "with costly characters"}`;
