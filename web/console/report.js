// What came of a campaign, live while it runs, and the reins of it.

import { getAll, getProgramOrNone } from "./api.js";
import { breakdowns } from "./breakdown.js";
import { getCampaign, getReport } from "./campaignapi.js";
import {
  kindName,
  languageName,
  pauseWords,
  placeWords,
  scheduleWords,
  statePill,
  upper,
} from "./campaignwords.js";
import { comparison } from "./comparison.js";
import { h, shown } from "./dom.js";
import { liftWords, tillFigures } from "./tillfigures.js";
import { figures, outcomes } from "./figures.js";
import { count, dollars, storeNames, when } from "./format.js";
import { follow, refill } from "./live.js";
import { reins } from "./reins.js";

const LOOK_AGAIN_MS = 2000;
// Receipts and replies still come in later on.
const SELDOM_MS = 10_000;

export async function reportView(campaign) {
  const [report, locations, program] = await Promise.all([
    getReport(campaign.id),
    getAll("locations"),
    getProgramOrNone(),
  ]);
  const names = storeNames(locations);
  const page = new ReportPage({ names, home: program?.timezone });
  page.show(campaign, report);
  page.watch(campaign.id);
  return page.content;
}

class ReportPage {
  constructor(shop) {
    this.shop = shop;
    this.head = h("header", { class: "titled" });
    this.facts = h("div", { class: "standing" });
    this.report = h("div", { class: "report" });
    this.stale = h("p", { class: "problem", role: "status", hidden: true });
    const back = h("p", { class: "back" }, h("a", { href: "#/campaigns" }, "← Campaigns"));
    this.content = [back, this.head, this.facts, this.stale, this.report];
  }

  show(campaign, report) {
    const now = JSON.stringify([campaign, report]);
    this.isMoving = campaign.status === "sending";
    if (now === this.before) return;
    this.before = now;
    refill(
      this.head,
      h("h1", { "data-title": campaign.name }, campaign.name),
      statePill(campaign.status),
    );
    refill(
      this.facts,
      ...facts(campaign, this.shop),
      reins(campaign, () => this.look(campaign.id)),
    );
    const parts = [
      figures(report),
      outcomes(report),
      tillFigures(report, this.shop),
      comparison(report),
      liftWords(report),
      breakdowns(report, this.shop),
    ];
    refill(this.report, ...shown(report.targeted || report.waiting ? parts : nothingYet(campaign)));
  }

  async watch(id) {
    // The page comes to stand where it is seen only after this returns.
    let skipped = 0;
    await follow(this.report, LOOK_AGAIN_MS, async () => {
      skipped += LOOK_AGAIN_MS;
      if (!this.isMoving && skipped < SELDOM_MS) return false;
      skipped = 0;
      return this.look(id);
    });
  }

  /** Look at it anew; whether there is nothing left to look at. */
  async look(id) {
    try {
      this.show(...(await Promise.all([getCampaign(id), getReport(id)])));
      this.stale.hidden = true;
    } catch (problem) {
      if (problem.status === undefined) throw problem;
      this.stale.textContent = `These figures are not the newest. ${problem.message}`;
      this.stale.hidden = false;
      return problem.status === 404;
    }
    return false;
  }
}

/** What was said to whom and when, for whoever opens it later. */
function facts(campaign, { names, home }) {
  const { audience, status, paused_reason: reason, next_at: next } = campaign;
  const list = [
    ["Kind", kindName(campaign.kind)],
    ["For", [placeWords(audience.locations, names), audience.where].filter(Boolean).join(", ")],
    ["When", upper(scheduleWords(campaign.schedule, home))],
    ["Next", next && when(next)],
    ["Missed", campaign.missed > 0 && count(campaign.missed, "time")],
    ["Offer", campaign.offer?.title],
    ["Redeemed at", campaign.offer?.places.length && placeWords(campaign.offer.places, names)],
    ["Offer ends", campaign.valid_until && when(campaign.valid_until)],
    ["Spends at most", campaign.spend_limit && dollars(campaign.spend_limit)],
  ].filter(([, value]) => value);
  return shown([
    status === "paused" && h("p", { class: "why" }, pauseWords(reason ?? "by hand")),
    h(
      "dl",
      { class: "facts-list" },
      list.map(([name, value]) => h("div", {}, h("dt", {}, name), h("dd", {}, value))),
    ),
    h(
      "details",
      { "data-key": "text" },
      h("summary", {}, "The text"),
      texts(campaign).map(([name, body]) => [
        name && h("p", { class: "facts" }, name),
        h("blockquote", { class: "bubble ours" }, body),
      ]),
    ),
  ]);
}

function texts({ body, translations, variants }) {
  const all = [{ name: "A", body, translations }, ...variants];
  return all.flatMap((one) => {
    const name = all.length > 1 ? `Wording ${one.name}` : "";
    const others = Object.entries(one.translations);
    return [
      [name, one.body],
      ...others.map(([code, words]) => [
        [name, languageName(code)].filter(Boolean).join(", "),
        words,
      ]),
    ];
  });
}

function nothingYet({ status }) {
  const words =
    status === "cancelled"
      ? "It was cancelled before it went to anybody."
      : "Nothing has gone out yet. The figures appear here, and move, as soon as it does.";
  return h("div", { class: "blank" }, h("h2", {}, "No figures"), h("p", {}, words));
}
