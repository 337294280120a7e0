// To decide: numbers whose words may have been an opt-out, and what a person makes of them.

import { decide, getConsent } from "./api.js";
import { action, h, icon, shown, toast } from "./dom.js";
import { count, prettyNumber } from "./format.js";
import { loadHeld, oneFewer } from "./held.js";
import { exchange, moment, timeline } from "./ledger.js";
import { explain } from "./rules.js";

const AT_ONCE = 20;
const EARLIER = 3;
const CHOICES = [
  {
    decision: "opt_out",
    words: "They want out",
    kind: "danger",
    told: { opted_out: "gets no more texts." },
  },
  {
    decision: "keep",
    words: "They meant something else",
    kind: "secondary",
    told: { subscribed: "gets offers again." },
  },
];

export async function decideView() {
  const { people, isAll } = await loadHeld();
  const heading = h("h1", { "data-title": "To decide" }, "To decide");
  if (!people.length) return [heading, nobody()];
  const list = h("ol", { class: "cards" });
  const rest = [...people];
  const more = action("", () => add(), { class: "secondary" });
  const add = () => {
    list.append(...rest.splice(0, AT_ONCE).map((person) => card(person)));
    more.textContent = `Show ${count(rest.length, "more", "more")}`;
    more.hidden = rest.length === 0;
  };
  add();
  const lead =
    "These people wrote something that may mean that they want no more texts. Until you decide, no offer reaches them; a text that asks for offers again, such as JOIN, decides it for you.";
  return [
    heading,
    h("p", { class: "lead" }, lead),
    list,
    more,
    !isAll && h("p", { class: "hint" }, "There are more: they appear as you decide."),
  ];
}

function nobody() {
  return h(
    "div",
    { class: "blank" },
    h("span", { class: "blank-mark" }, icon("check")),
    h("h2", {}, "Nobody is waiting"),
    h(
      "p",
      {},
      "When words may be an opt-out, all offers to that number stop at once and the words come here, for a person to read. Clear opt-outs need nobody: they are honoured by themselves.",
    ),
  );
}

function card(person) {
  const body = h("div", { class: "skeleton small" }, h("i"), h("i"));
  const title = h(
    "h2",
    { tabindex: "-1" },
    h("a", { href: `#/people/${person.phone}` }, prettyNumber(person.phone)),
  );
  const place = [person.location, person.channel].filter(Boolean).join(" · ") || "No store named";
  const since = person.held_at;
  const item = h(
    "li",
    { class: "card", "data-phone": person.phone },
    h("header", {}, title, h("p", { class: "facts" }, place, since && [" · ", moment(since)])),
    body,
  );
  fill(item, body, person);
  return item;
}

async function fill(item, body, person) {
  try {
    const { items } = await getConsent(person.phone);
    const at = items.findLastIndex((entry) => entry.change === "held");
    body.replaceWith(...shown(content(item, person, items, at)));
  } catch (problem) {
    const again = action("Try again", () => fill(item, again.parentElement, person), {
      class: "secondary",
    });
    body.replaceWith(
      h("div", { class: "problem", role: "alert" }, h("p", {}, problem.message), again),
    );
  }
}

function content(item, person, entries, at) {
  const held = entries[at];
  const earlier = entries.slice(Math.max(0, at - EARLIER), Math.max(0, at));
  const reason = h("input", {
    type: "text",
    maxlength: 300,
    name: "reason",
    autocomplete: "off",
    placeholder: "For whoever asks later",
  });
  const trouble = h("p", { class: "problem", role: "alert", hidden: true });
  const choose = ({ decision, words, kind, told }) =>
    action(
      words,
      () =>
        settled(item, trouble, async () => {
          // The record asks for a reason: who gives none has said as much as the button does.
          const after = await decide(person.phone, decision, reason.value.trim() || words);
          return `${name} ${told[after.status] ?? "stands where it stood before."}`;
        }),
      { class: kind, "aria-label": `${words}: ${name}` },
    );
  const name = prettyNumber(person.phone);
  return [
    h(
      "div",
      { class: "thread" },
      held
        ? exchange(held)
        : h("p", { class: "problem" }, "The words that led to this are not on record."),
    ),
    held && h("p", { class: "why" }, h("strong", {}, "Why it is here. "), explain(held.rule)),
    earlier.length > 0 &&
      h("details", {}, h("summary", {}, `What came before (${earlier.length})`), timeline(earlier)),
    h(
      "label",
      { class: "reason" },
      h("span", {}, "Reason ", h("span", { class: "optional" }, "optional, kept in the record")),
      reason,
    ),
    trouble,
    h("div", { class: "choice" }, CHOICES.map(choose)),
    h(
      "p",
      { class: "hint" },
      "“They want out” can't be undone from here: only they can come back, by texting JOIN or START. If you aren't sure, let them out.",
    ),
  ];
}

async function settled(item, trouble, work) {
  let told = "";
  trouble.hidden = true;
  try {
    told = await work();
  } catch (problem) {
    trouble.textContent = problem.message;
    trouble.hidden = false;
    return;
  }
  const next = item.nextElementSibling ?? item.previousElementSibling;
  item.remove();
  oneFewer();
  toast(told);
  if (next) next.querySelector("h2").focus();
  // The last one: the page says so.
  else dispatchEvent(new HashChangeEvent("hashchange"));
}
