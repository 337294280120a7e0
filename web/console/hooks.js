// Web hooks: which of the shop's own systems are told of what, and how that goes.

import { getAll, json } from "./api.js";
import { action, h, icon, toast } from "./dom.js";
import { ago, count, when } from "./format.js";
import { section } from "./forms.js";
import { again, askToReplay, edit, EVENTS, remove, rotate } from "./hookdialogs.js";
import { changeHook, getDeliveries, hookStep, replay } from "./offerapi.js";

const NAMES = new Map([...EVENTS, ["test", "A test"]]);
const STATES = { waiting: "Waiting", delivered: "Delivered", failed: "Failed", held: "Held back" };

export async function hooksView() {
  const hooks = await getAll("webhooks");
  return [
    h("p", { class: "back" }, h("a", { href: "#/shop" }, "← Shop")),
    h(
      "header",
      { class: "titled" },
      h("h1", {}, "Web hooks"),
      action("Add an endpoint", () => edit(null), { class: "primary" }),
    ),
    hooks.length ? h("ul", { class: "cards" }, hooks.map(card)) : nothing(),
  ];
}

function nothing() {
  return h(
    "div",
    { class: "blank" },
    h("h2", {}, "Nobody is told yet"),
    h("p", {}, "An endpoint is an address of yours that Sayso calls when something happens, signed as Standard Webhooks has it."),
  );
}

function card(hook) {
  return h(
    "li",
    { class: "campaign" },
    h(
      "div",
      {},
      h("h2", {}, h("a", { href: `#/shop/hooks/${hook.id}` }, hook.description || hook.url)),
      hook.description && h("p", { class: "facts" }, hook.url),
      h("p", { class: "facts" }, eventWords(hook.events)),
    ),
    stateOf(hook),
  );
}

const eventWords = (events) => events.map((one) => NAMES.get(one) ?? one).join(", ");

function stateOf({ enabled, failing_since: since }) {
  if (!enabled) return h("span", { class: "pill", "data-state": "cancelled" }, "Disabled");
  if (since) return h("span", { class: "pill", "data-state": "paused" }, "Failing");
  return h("span", { class: "pill", "data-state": "finished" }, "Working");
}

/** One endpoint, and what it was told. */
export async function hookView(id) {
  const [hook, page] = await Promise.all([
    json("GET", `webhooks/${encodeURIComponent(id)}`),
    getDeliveries(id, ""),
  ]);
  const list = h("ul", { class: "rows" });
  const more = action("Show more", () => append(more.next), { class: "secondary" });
  const fill = ({ items, next }) => {
    list.append(...items.map((one) => delivery(hook, one)));
    more.next = next;
    more.hidden = !next;
  };
  const append = async (cursor) => fill(await getDeliveries(id, cursor));
  fill(page);
  return [
    h("p", { class: "back" }, h("a", { href: "#/shop/hooks" }, "← Web hooks")),
    h("header", { class: "titled" }, h("h1", {}, hook.description || "Endpoint"), stateOf(hook)),
    h("p", {}, h("code", {}, hook.url)),
    h("p", { class: "facts" }, `Is told: ${eventWords(hook.events)}.`),
    trouble(hook),
    h("div", { class: "choice" }, steps(hook)),
    section(
      "What it was told",
      "In the last 30 days, the newest event first. An event keeps its id however often it is sent.",
      page.items.length ? list : h("p", { class: "hint" }, "Nothing yet."),
      h("div", { class: "choice" }, more),
    ),
  ];
}

function trouble({ disabled_reason: reason, failing_since: since, old_secret_until: until }) {
  return [
    reason && h("p", { class: "why" }, reason),
    !reason && since && h("p", { class: "why" }, `It has taken nothing since ${when(since)}.`),
    until && h("p", { class: "hint" }, `The secret before this one signs until ${when(until)}.`),
  ];
}

/** Does it, and says what went wrong; the page then shows how things stand. */
async function attempt(work, words) {
  try {
    await work();
    toast(words);
    again();
  } catch (problem) {
    if (problem.status === undefined) throw problem;
    toast(problem.message, "bad");
  }
}

function steps(hook) {
  const test = () => attempt(() => hookStep(hook.id, "test"), "A test is on its way.");
  const turn = () =>
    attempt(
      () => changeHook(hook.id, { enabled: !hook.enabled }),
      hook.enabled ? "It is told nothing any more." : "It is told again.",
    );
  return [
    action("Send a test", test, { class: "secondary" }),
    action("Replay…", () => askToReplay(hook), { class: "secondary" }),
    action("Edit", () => edit(hook), { class: "secondary" }),
    action("New secret…", () => rotate(hook), { class: "secondary" }),
    action(hook.enabled ? "Disable" : "Enable", turn, { class: "secondary" }),
    action("Remove", () => remove(hook), { class: "quiet bad" }),
  ];
}

function delivery(hook, one) {
  const last = one.attempts.at(-1);
  const facts = [
    when(one.created_at),
    count(one.tries, "try", "tries"),
    last && `${last.outcome}, ${ago(last.at)}`,
    one.next_try_at && `next ${when(one.next_try_at)}`,
  ];
  const send = () => attempt(() => replay(hook.id, one.id), "It is on its way again.");
  return h(
    "li",
    {},
    h(
      "div",
      {},
      icon(one.state === "delivered" ? "check" : "warn"),
      " ",
      h("strong", {}, NAMES.get(one.event) ?? one.event),
      ` · ${STATES[one.state] ?? one.state}`,
      h("p", { class: "facts" }, facts.filter(Boolean).join(" · ")),
      h("p", { class: "facts" }, h("code", {}, one.id)),
    ),
    action("Send again", send, { class: "quiet", "aria-label": `Send ${one.id} again` }),
  );
}
