// Campaigns: where each stands, when it goes out next, and what has come of it.

import { getAll, getProgramOrNone } from "./api.js";
import { getCampaign, getCampaigns, getReport } from "./campaignapi.js";
import {
  kindName,
  pauseWords,
  placeWords,
  scheduleWords,
  statePill,
  upper,
} from "./campaignwords.js";
import { stack } from "./bars.js";
import { action, h, icon } from "./dom.js";
import { figure, storeNames, when } from "./format.js";
import { follow } from "./live.js";

const PAGE = 20;
const LOOK_AGAIN_MS = 3000;
const QUIET = new Set(["draft", "scheduled"]);

export async function campaignsView() {
  const [page, locations, program] = await Promise.all([
    getCampaigns({ limit: PAGE }),
    getAll("locations"),
    getProgramOrNone(),
  ]);
  const names = storeNames(locations);
  const shop = { names, home: program?.timezone };
  const list = h("ol", { class: "cards" });
  const more = action("Show more", () => append(more.next), { class: "secondary" });
  const fill = ({ items, next }) => {
    list.append(...items.map((one) => card(one, shop)));
    more.next = next;
    more.hidden = !next;
  };
  const append = async (cursor) => fill(await getCampaigns({ limit: PAGE, cursor }));
  fill(page);
  return [
    h(
      "header",
      { class: "titled" },
      h("h1", {}, "Campaigns"),
      h("a", { class: "button primary", href: "#/campaigns/new" }, "Write a campaign"),
      h("a", { class: "button", href: "#/segments" }, "Segments"),
    ),
    page.items.length ? [list, h("div", { class: "choice" }, more)] : nothing(),
  ];
}

function nothing() {
  return h(
    "div",
    { class: "blank" },
    h("span", { class: "blank-mark" }, icon("campaigns")),
    h("h2", {}, "No campaign yet"),
    h(
      "p",
      {},
      "A campaign is one text to those who want it: at a time, again and again, or when something happens. Write the first; nothing goes out before you have had a last look.",
    ),
  );
}

function card(campaign, shop) {
  const state = h("div", { class: "state" });
  const figures = h("div", { class: "figures" });
  const facts = [kindName(campaign.kind), placeWords(campaign.audience.locations, shop.names)];
  const item = h(
    "li",
    { class: "campaign", "data-id": campaign.id },
    h(
      "div",
      {},
      h("h2", {}, h("a", { href: `#/campaigns/${campaign.id}` }, campaign.name)),
      h("p", { class: "facts" }, facts.join(" · ")),
      h("p", { class: "facts" }, upper(scheduleWords(campaign.schedule, shop.home))),
    ),
    state,
    figures,
  );
  const show = (now) => state.replaceChildren(...stateWords(now));
  show(campaign);
  if (!QUIET.has(campaign.status) || campaign.runs.length) watch(item, campaign, show, figures);
  return item;
}

function stateWords({ status, paused_reason: reason, next_at: next }) {
  return [
    statePill(status),
    reason && h("p", { class: "facts" }, pauseWords(reason)),
    next && h("p", { class: "facts" }, `Next: ${when(next)}`),
  ].filter(Boolean);
}

/** Its figures now, and again as long as it is being sent. */
async function watch(item, campaign, show, figures) {
  const look = async () => {
    try {
      const report = await getReport(campaign.id);
      figures.replaceChildren(...figureWords(report));
      return report.is_finished || report.status === "paused";
    } catch (problem) {
      if (problem.status === undefined) throw problem;
      figures.replaceChildren(h("p", { class: "facts" }, "Its figures can’t be read just now."));
      return problem.status !== 0;
    }
  };
  figures.replaceChildren(h("p", { class: "facts" }, "…"));
  if (await look()) return;
  await follow(
    item,
    LOOK_AGAIN_MS,
    async () => (await look()) && (show(await getCampaign(campaign.id)), true),
  );
}

function figureWords(report) {
  const out = Object.values(report.excluded).reduce((sum, number) => sum + number, 0);
  return [
    stack([
      ["delivered", report.delivered],
      ["sent", report.sent - report.delivered],
      ["waiting", report.waiting],
      ["out", out + report.refused + report.unknown],
    ]),
    h(
      "p",
      { class: "facts" },
      `${figure(report.sent)} sent · ${figure(report.delivered)} delivered`,
      report.waiting > 0 && ` · ${figure(report.waiting)} waiting`,
    ),
  ];
}
