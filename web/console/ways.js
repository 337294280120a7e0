// Ways in: what people text, the page for those who would rather type, and the sign to print.

import { getAll, getDocument, signPath } from "./api.js";
import { action, h, toast } from "./dom.js";
import { openDialog } from "./forms.js";
import { importSection } from "./imports.js";
import { may } from "./session.js";

const LANGUAGES = [
  ["en", "English"],
  ["es", "Español"],
  ["fr", "Français"],
];
const PAPERS = [
  ["letter", "Letter"],
  ["a4", "A4"],
];

export async function waysView() {
  const [locations, keywords] = await Promise.all([getAll("locations"), getAll("keywords")]);
  const ways = [...locations.map(byStore), ...keywords.filter(joins).map(byKeyword)];
  const lead =
    "Everyone who joins has asked for it: by texting a word, or on a page that asks for a YES by text.";
  return [
    h("h1", {}, "Ways in"),
    h("p", { class: "lead" }, lead),
    ways.length ? h("ul", { class: "ways" }, ways.map(card)) : nothing(),
    may("owner") && importSection(),
  ];
}

const joins = (keyword) => keyword.action === "join";

function byStore({ code, name }) {
  return { words: `JOIN ${code}`, where: name, page: code, word: "JOIN", store: code };
}

function byKeyword({ word, location, channel }) {
  const where = [channel, location ?? "any store"].filter(Boolean).join(" · ");
  return { words: word, where, page: word, word };
}

function nothing() {
  return h(
    "div",
    { class: "blank" },
    h("h2", {}, "No way in yet"),
    h("p", {}, "Add a store or a keyword under Shop; each gets a page and a sign."),
  );
}

const pageOf = (way) => new URL(`join/${encodeURIComponent(way.page)}`, document.baseURI).href;

function card(way) {
  return h(
    "li",
    { class: "way" },
    h("div", {}, h("h2", {}, way.words), h("p", { class: "facts" }, way.where)),
    h(
      "div",
      { class: "choice" },
      h(
        "a",
        {
          class: "button secondary",
          href: pageOf(way),
          target: "_blank",
          rel: "noopener",
          "aria-label": `Page of ${way.words}`,
        },
        "Page",
      ),
      action("Sign", () => showSign(way), {
        class: "secondary",
        "aria-label": `Sign of ${way.words}`,
      }),
    ),
  );
}

/** The sign as it will be printed, and the two files to print it from. */
function showSign(way) {
  openDialog(way.words, () => {
    const preview = h("div", { class: "preview", "aria-live": "polite" });
    const language = chooser("Language", LANGUAGES, "en");
    const paper = chooser("Paper", PAPERS, navigator.language === "en-US" ? "letter" : "a4");
    const wanted = (format) => {
      const options = { format, lang: language.control.value, paper: paper.control.value };
      if (way.store) options.location = way.store;
      // Below a path, as behind a domain that others share, only this page knows the address.
      if (location.pathname !== "/console") options.page = pageOf(way);
      return signPath(way.word, options);
    };
    const show = () => fill(preview, wanted("svg"), way);
    for (const each of [language, paper]) each.control.addEventListener("change", show);
    const save = (format, type) =>
      action(
        format.toUpperCase(),
        () => download(wanted(format), type, `${way.words.replaceAll(" ", "-")}.${format}`),
        { class: "secondary", "aria-label": `Download as ${format.toUpperCase()}` },
      );
    show();
    return [
      h("div", { class: "form" }, language.label, paper.label),
      preview,
      h("div", { class: "choice" }, save("pdf", "application/pdf"), save("svg", "image/svg+xml")),
    ];
  });
}

function chooser(words, options, chosen) {
  const control = h(
    "select",
    {},
    options.map(([value, name]) => h("option", { value, selected: value === chosen }, name)),
  );
  return { control, label: h("label", {}, words, control) };
}

async function fill(preview, path, way) {
  preview.setAttribute("aria-busy", "true");
  try {
    const address = await getDocument(path, "image/svg+xml");
    const picture = h("img", { src: address, alt: `The sign of ${way.words}` });
    picture.addEventListener("load", () => URL.revokeObjectURL(address));
    preview.replaceChildren(picture);
  } catch (problem) {
    preview.replaceChildren(h("p", { class: "problem", role: "alert" }, problem.message));
  }
  preview.removeAttribute("aria-busy");
}

async function download(path, type, name) {
  try {
    const address = await getDocument(path, type);
    h("a", { href: address, download: name.toLowerCase() }).click();
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
  } catch (problem) {
    toast(problem.message, "bad");
  }
}
