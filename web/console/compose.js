// Writing a campaign: what it says, to whom, when, and what it will mean.

import { getAll, getProgramOrNone } from "./api.js";
import { audienceFields, spelledOut } from "./audience.js";
import { getVocabulary, removeCampaign, saveCampaign } from "./campaignapi.js";
import { KINDS } from "./campaignwords.js";
import { askFirst } from "./confirming.js";
import { action, h, toast, whenTyped } from "./dom.js";
import { forget, keep, unsaved } from "./drafts.js";
import { clear, explain, field, section } from "./forms.js";
import { askForTheLastLook } from "./lastlook.js";
import { limitsSection } from "./limits.js";
import { shortly } from "./live.js";
import { poolsOrNone } from "./pools.js";
import { offerSection } from "./offerform.js";
import { previewPane } from "./pane.js";
import { saveAsSegment } from "./segmentform.js";
import { askForATest } from "./testsend.js";
import { timingSection } from "./timing.js";
import { wordsSection } from "./words.js";

const EMPTY = {
  name: "",
  kind: "offer",
  body: "",
  audience: {},
  schedule: null,
  spend_limit: null,
  offer: null,
  links: {},
};

/** The form for a draft, or for a new campaign where there is none. */
export async function composeView(campaign) {
  const [program, locations, segments, vocabulary, pools] = await Promise.all([
    getProgramOrNone(),
    getAll("locations"),
    getAll("segments"),
    getVocabulary(),
    poolsOrNone(),
  ]);
  if (!program) return [h("h1", {}, "Write a campaign"), noProgram()];
  return new Composer(campaign, { program, locations, segments, vocabulary, pools }).page();
}

function noProgram() {
  return h(
    "div",
    { class: "blank" },
    h("h2", {}, "First, who writes?"),
    h("p", {}, "Every text names your program. An owner sets it up under Shop."),
    h("a", { class: "button", href: "#/shop" }, "Go to Shop"),
  );
}

class Composer {
  constructor(campaign, shop) {
    this.id = campaign?.id ?? "";
    this.shop = shop;
    const given = unsaved(this.id) ?? campaign ?? EMPTY;
    const own = shop.program.language ?? "en";
    const changed = () => this.changed();
    const context = { own, home: shop.program.timezone, changed };
    this.own = own;
    this.facts = factFields(given);
    this.offer = offerSection(given, { ...shop, changed });
    this.words = wordsSection(given, context);
    this.audience = audienceFields(spelledOut(given.audience, shop.segments), {
      prefix: "audience.",
      ...shop,
      saved: shop.segments,
      changed,
    });
    this.timing = timingSection(given.schedule, context);
    this.limits = limitsSection(given, context);
    this.trouble = h("p", { class: "problem", role: "alert", hidden: true });
    this.pane = previewPane({
      read: () => this.read(),
      own,
      told: (preview) => this.words.show(preview.texts),
      takePlain: (plain) => this.words.setBody(plain),
    });
    this.isReady = true;
  }

  async page() {
    await shortly(this.pane.ask(0), this.audience.ready);
    const isKept = unsaved(this.id);
    this.form = h(
      "form",
      { class: "compose", novalidate: true, on: { submit: (event) => event.preventDefault() } },
      section("What it is", "For your own eyes.", h("div", { class: "form" }, this.facts)),
      this.offer.element,
      this.words.element,
      this.pane.element,
      this.who(),
      this.timing.element,
      this.limits.element,
      h("div", { class: "last" }, this.trouble, this.buttons()),
    );
    whenTyped(this.form, ({ target }) => target.name !== "as" && this.changed());
    return [
      h("p", { class: "back" }, h("a", { href: "#/campaigns" }, "← Campaigns")),
      h("h1", {}, this.id ? "Draft" : "Write a campaign"),
      isKept && this.keptNote(),
      this.form,
    ];
  }

  who() {
    const save = () => saveAsSegment(this.audience.value());
    return section(
      "Who gets it",
      "Only people who are subscribed, whatever stands here; who says stop meanwhile gets nothing.",
      this.audience.element,
      h("div", {}, action("Save as a segment", save, { class: "quiet" })),
    );
  }

  keptNote() {
    const startOver = () => {
      forget(this.id);
      dispatchEvent(new HashChangeEvent("hashchange"));
    };
    return h(
      "p",
      { class: "kept" },
      "Here is what you had typed, not saved yet. ",
      action("Start over", startOver, { class: "quiet" }),
    );
  }

  buttons() {
    return h(
      "div",
      { class: "choice" },
      action("Last look…", () => this.lastLook(), { class: "primary" }),
      action("Save the draft", () => this.save(), { class: "secondary" }),
      action("Send a test…", () => this.test(), { class: "secondary" }),
      this.id && action("Delete", () => this.remove(), { class: "quiet bad" }),
    );
  }

  read() {
    const { name, kind } = Object.fromEntries(
      this.facts.map((each) => [each.dataset.path, each.querySelector("input, select").value]),
    );
    const audience = { ...this.audience.value(), segment: this.audience.segment() };
    const parts = [this.offer, this.words, this.timing, this.limits].map((each) => each.value());
    return Object.assign({ name, kind, audience }, ...parts);
  }

  changed() {
    // The sections tell of their making, too.
    if (!this.isReady) return;
    keep(this.id, this.read());
    this.pane.ask();
  }

  /** The draft as it is stored then; null where something is wrong, which is said. */
  async save({ isQuiet = false } = {}) {
    const fields = [...this.form.querySelectorAll(".field")];
    clear(fields, this.trouble);
    try {
      const saved = await saveCampaign(this.id, this.read());
      forget(this.id);
      if (!this.id) history.replaceState(null, "", `#/campaigns/${saved.id}`);
      this.id = saved.id;
      if (!isQuiet) toast("The draft is saved. Nothing goes out yet.");
      return saved;
    } catch (problem) {
      if (problem.status === undefined) throw problem;
      explain(fields, this.trouble, problem);
      return null;
    }
  }

  async lastLook() {
    const saved = await this.save({ isQuiet: true });
    if (saved) await askForTheLastLook(saved, this.own, this.shop);
  }

  async test() {
    const saved = await this.save({ isQuiet: true });
    if (saved) askForATest(saved, this.shop.program);
  }

  remove() {
    const told = ["It has gone to nobody, and will be gone for good."];
    askFirst({ title: "Delete this draft?", told, button: "Delete it" }, async () => {
      await removeCampaign(this.id);
      forget(this.id);
      toast("The draft is deleted.");
      location.hash = "/campaigns";
    });
  }
}

function factFields(given) {
  return [
    field({ path: "name", label: "Name", value: given.name, maxlength: 80 }),
    field({ path: "kind", label: "Kind", value: given.kind, options: KINDS }),
  ];
}
