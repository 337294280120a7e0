// Saved segments: whom campaigns start from.

import { deleteOne, getAll, putOne } from "./api.js";
import { audienceFields } from "./audience.js";
import { createSegment, getSegment, getVocabulary } from "./campaignapi.js";
import { placeWords } from "./campaignwords.js";
import { askFirst } from "./confirming.js";
import { action, h, toast } from "./dom.js";
import { storeNames } from "./format.js";
import { clear, explain, field } from "./forms.js";
import { moment } from "./ledger.js";
import { shortly } from "./live.js";

const NEW = "new";

export async function segmentsView() {
  const [segments, locations] = await Promise.all([getAll("segments"), getAll("locations")]);
  const names = storeNames(locations);
  const add = h("a", { class: "button", href: `#/segments/${NEW}` }, "Write a segment");
  return [
    h("p", { class: "back" }, h("a", { href: "#/campaigns" }, "← Campaigns")),
    h("header", { class: "titled" }, h("h1", {}, "Segments"), add),
    segments.length
      ? h(
          "ul",
          { class: "cards" },
          segments.map((one) => card(one, names)),
        )
      : nothing(),
  ];
}

function card(segment, names) {
  return h(
    "li",
    { class: "campaign" },
    h(
      "div",
      {},
      h("h2", {}, h("a", { href: `#/segments/${segment.id}` }, segment.name)),
      h("p", { class: "facts" }, placeWords(segment.locations, names)),
      segment.where && h("p", {}, h("code", {}, segment.where)),
    ),
    segment.updated_at && h("p", { class: "facts" }, "Changed ", moment(segment.updated_at)),
  );
}

function nothing() {
  return h(
    "div",
    { class: "blank" },
    h("h2", {}, "No segment yet"),
    h(
      "p",
      {},
      "A segment is a group of your subscribers in words: “joined within 30 days and language es”. Save one, and start campaigns from it.",
    ),
  );
}

export async function segmentView(id) {
  const [segment, locations, vocabulary] = await Promise.all([
    id === NEW ? null : getSegment(id),
    getAll("locations"),
    getVocabulary(),
  ]);
  const name = field({ path: "name", label: "Name", value: segment?.name, maxlength: 80 });
  const audience = audienceFields(segment ?? {}, { locations, vocabulary });
  const trouble = h("p", { class: "problem", role: "alert", hidden: true });
  const form = h(
    "form",
    { class: "panel", on: { submit: (event) => event.preventDefault() } },
    name,
    audience.element,
    trouble,
  );
  const save = async () => {
    const fields = [...form.querySelectorAll(".field")];
    const wish = { name: name.querySelector("input").value, ...audience.value() };
    clear(fields, trouble);
    try {
      await (segment ? putOne("segments", segment.id, wish) : createSegment(wish));
    } catch (problem) {
      if (problem.status === undefined) throw problem;
      explain(fields, trouble, problem);
      return;
    }
    toast("The segment is saved.");
    location.hash = "/segments";
  };
  form.append(
    h(
      "div",
      { class: "choice" },
      action("Save", save, { class: "primary" }),
      segment && action("Delete", () => remove(segment), { class: "quiet bad" }),
    ),
  );
  await shortly(audience.ready);
  return [
    h("p", { class: "back" }, h("a", { href: "#/segments" }, "← Segments")),
    h("h1", {}, segment?.name ?? "Write a segment"),
    form,
  ];
}

function remove(segment) {
  const told = [
    "Campaigns that are scheduled or sent keep their own copy of it. Drafts that start from it have to be looked at again.",
  ];
  askFirst({ title: `Delete “${segment.name}”?`, told, button: "Delete it" }, async () => {
    await deleteOne("segments", segment.id);
    toast("The segment is deleted.");
    location.hash = "/segments";
  });
}
