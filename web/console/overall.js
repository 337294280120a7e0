// What happened in some days, by campaign, by sign or by store.

import { getAll, getDocument } from "./api.js";
import { columns } from "./bars.js";
import { action, h, toast } from "./dom.js";
import { dollars, figure, storeNames } from "./format.js";
import { section } from "./forms.js";
import { refill } from "./live.js";
import { getOverall, overallCsv } from "./offerapi.js";

const KINDS = [
  ["campaign", "Campaign"],
  ["channel", "Sign"],
  ["location", "Store"],
];
const FIGURES = [
  ["joined", "Joined"],
  ["opted_out", "Opted out"],
  ["replied", "Replied"],
  ["clicked", "Clicked"],
  ["redeemed", "Redemptions"],
  ["revenue", "Revenue told", dollars],
];
const EXTRA = {
  campaign: [
    ["sent", "Sent, in all its days"],
    ["price", "Price of these", dollars],
  ],
  channel: [],
  location: [
    ["redeemed_here", "Redeemed there"],
    ["revenue_here", "Revenue there", dollars],
  ],
};
const NOWHERE = {
  campaign: "No campaign",
  channel: "No sign named",
  location: "No store named",
};
const LEADS = {
  campaign: "A join by a friend’s code belongs to the campaign that brought the code; all others stand in the last line.",
  channel: "By the sign that brought people in. “friend” is word of mouth.",
  location: "By people’s own store; beside it, what was redeemed there, by whomever.",
};
// What the drawing shows.
const DRAWN = [
  ["joined", "Joined"],
  ["redeemed", "Redemptions"],
  ["opted_out", "Opted out"],
];

export async function overallView() {
  const [first, locations] = await Promise.all([getOverall({ by: "campaign" }), getAll("locations")]);
  const page = new OverallPage(first, storeNames(locations));
  return page.content;
}

class OverallPage {
  constructor(report, names) {
    this.names = names;
    this.from = dayField("From", report.first);
    this.to = dayField("To", report.last);
    this.kinds = h(
      "div",
      { class: "options", role: "radiogroup", "aria-label": "By what" },
      KINDS.map(([value, words]) =>
        h(
          "label",
          { class: "option" },
          h("input", { type: "radio", name: "by", value, checked: value === report.by }),
          words,
        ),
      ),
    );
    this.trouble = h("p", { class: "problem", role: "alert", hidden: true });
    this.place = h("div", { class: "report" });
    const controls = h("div", { class: "range" }, this.from.label, this.to.label, this.kinds);
    controls.addEventListener("change", () => this.ask());
    this.content = [
      h("header", { class: "titled" }, h("h1", {}, "Report"), this.download()),
      controls,
      this.trouble,
      this.place,
    ];
    this.show(report);
  }

  query() {
    const by = this.kinds.querySelector(":checked").value;
    return { from: this.from.control.value, to: this.to.control.value, by };
  }

  async ask() {
    const query = this.query();
    this.newest = query;
    this.trouble.hidden = true;
    if (!query.from || !query.to) return;
    try {
      const report = await getOverall(query);
      if (this.newest === query) this.show(report);
    } catch (problem) {
      if (problem.status === undefined) throw problem;
      this.trouble.textContent = problem.errors?.[0]?.detail ?? problem.message;
      this.trouble.hidden = false;
    }
  }

  show(report) {
    refill(this.place, this.all(report), this.rows(report));
  }

  all(report) {
    const facts = FIGURES.map(([name, words, written = figure]) =>
      h("div", {}, h("dt", {}, words), h("dd", {}, written(report.all[name]))),
    );
    return section(
      "All of it",
      `Days begin at midnight in ${report.timezone.replaceAll("_", " ")}.`,
      h("dl", { class: "outcomes" }, facts),
      report.days.length > 1 && drawings(report.days),
    );
  }

  rows(report) {
    const named = FIGURES.concat(EXTRA[report.by]);
    const title = KINDS.find(([value]) => value === report.by)[1];
    const head = [title, ...named.map(([, words]) => words)];
    const label = `By ${title.toLowerCase()}`;
    return section(
      label,
      LEADS[report.by],
      h(
        "div",
        { class: "wide", role: "region", tabindex: "0", "aria-label": label, "data-key": "rows" },
        h(
          "table",
          { class: "breakdown" },
          h("thead", {}, h("tr", {}, head.map((words) => h("th", { scope: "col" }, words)))),
          h("tbody", {}, report.items.map((row) => this.line(row, named, report.by))),
        ),
      ),
    );
  }

  line(row, named, by) {
    const cells = named.map(([name, , written = figure]) =>
      h("td", {}, row[name] === null ? "–" : written(row[name])),
    );
    return h("tr", {}, h("th", { scope: "row" }, this.nameOf(row, by)), cells);
  }

  nameOf({ key, name }, by) {
    if (!key) return NOWHERE[by];
    if (by === "location") return this.names.get(key) ?? key;
    if (by === "channel") return key;
    return h("a", { href: `#/campaigns/${key}` }, name || "A campaign of before");
  }

  download() {
    const fetchFile = async () => {
      try {
        const query = this.query();
        const address = await getDocument(overallCsv(query), "text/csv");
        h("a", { href: address, download: `report-${query.by}.csv` }).click();
        setTimeout(() => URL.revokeObjectURL(address), 60_000);
      } catch (problem) {
        if (problem.status === undefined) throw problem;
        toast(problem.message, "bad");
      }
    };
    return action("Download as CSV", fetchFile, { class: "secondary" });
  }
}

function dayField(words, value) {
  const control = h("input", { type: "date", value, name: words.toLowerCase() });
  return { control, label: h("label", {}, words, control) };
}

function drawings(days) {
  return h(
    "div",
    { class: "drawings" },
    DRAWN.map(([name, words]) =>
      h(
        "figure",
        {},
        h("figcaption", { class: "facts" }, `${words}, day by day: at most ${figure(mostOf(days, name))}`),
        columns(days.map((one) => Math.max(0, one[name]))),
      ),
    ),
  );
}

const mostOf = (days, name) => Math.max(0, ...days.map((one) => one[name]));
