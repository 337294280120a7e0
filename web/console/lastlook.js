// The last look before a campaign is let go: what will happen, in one sentence, and what stands
// against it.

import { previewOf, take } from "./campaignapi.js";
import { placeWords, scheduleWords } from "./campaignwords.js";
import { action, h, toast } from "./dom.js";
import { count, figure, storeNames } from "./format.js";
import { openDialog } from "./forms.js";
import { findingList, partRange, priceRange } from "./pane.js";

/** Show what `campaign`, a stored draft, will do; it is scheduled if somebody says so. */
export async function askForTheLastLook(campaign, own, { locations, program }) {
  let preview = null;
  try {
    preview = await previewOf(wishOf(campaign));
  } catch (problem) {
    if (problem.status === undefined) throw problem;
    toast(problem.message, "bad");
    return;
  }
  openDialog("A last look", (close) => {
    const isBlocked = preview.findings.some((one) => one.level === "error");
    const trouble = h("div", { class: "problem", role: "alert", hidden: true });
    const go = () => schedule(campaign, close, trouble);
    const [words, label] = whenWords(campaign.schedule, program.timezone);
    return [
      h("p", { class: "sentence" }, sentence(campaign, preview, words, locations)),
      campaign.holdout_percent > 0 && h("p", {}, holdoutWords(campaign, preview)),
      findingList(preview.findings, own),
      isBlocked && h("p", { class: "problem" }, "Mend what is marked “To mend” first."),
      trouble,
      h(
        "div",
        { class: "choice" },
        !isBlocked && campaign.schedule && action(label, go, { class: "primary" }),
        h("button", { type: "button", class: "secondary", on: { click: close } }, "Back"),
      ),
    ];
  });
}

/** What the preview asks for, of a stored campaign. */
function wishOf(campaign) {
  const { name, kind, body, translations, variants, holdout_percent: holdout } = campaign;
  const { valid_from: from, valid_until: until, spend_limit: limit, audience, schedule } = campaign;
  const { offer, links } = campaign;
  return {
    ...{ name, kind, body, translations, variants, schedule },
    ...{ holdout_percent: holdout, valid_from: from, valid_until: until, spend_limit: limit },
    offer: offer && { ...offer, shared_code: offer.shared_code ?? "", pool: offer.pool ?? "" },
    links,
    audience: { ...audience, segment: audience.segment ?? "" },
  };
}

function sentence(campaign, preview, whenever, locations) {
  const names = storeNames(locations);
  const whom = campaign.schedule?.on
    ? "Goes to one person at a time"
    : `Goes to ${count(preview.recipients, "person", "people")}`;
  const where = campaign.audience.locations.length
    ? ` (${placeWords(campaign.audience.locations, names)})`
    : "";
  const price = priceRange(preview);
  const each = `${partRange(preview)} each`;
  return `${whom}${where}, ${[each, price && `about ${price}`, whenever].filter(Boolean).join(", ")}.`;
}

function whenWords(schedule, home) {
  if (!schedule) return ["at no time chosen yet: go back and choose one", ""];
  return [scheduleWords(schedule, home), schedule.now ? "Send it now" : "Schedule it"];
}

function holdoutWords({ holdout_percent: percent }, { held_out: people }) {
  const share = people ? `${figure(people)} of them (${percent} %)` : `${percent} % of them`;
  return `${share} are held out and get nothing, to compare with.`;
}

async function schedule(campaign, close, trouble) {
  trouble.hidden = true;
  try {
    await take(campaign.id, "schedule");
  } catch (problem) {
    if (problem.status === undefined) throw problem;
    const found = problem.errors.map(({ detail }) => h("li", {}, detail));
    trouble.replaceChildren(found.length ? h("ul", {}, found) : problem.message);
    trouble.hidden = false;
    return;
  }
  close();
  toast(campaign.schedule.now ? "It is on its way." : "It is scheduled.");
  // The same address now shows how it goes.
  dispatchEvent(new HashChangeEvent("hashchange"));
}
