// Counter: what became of a coupon, who may redeem, and the codes of the till system.

import { busy, h, icon } from "./dom.js";
import { dollars, figure, prettyNumber, storeNames, when } from "./format.js";
import { getAll } from "./api.js";
import { section } from "./forms.js";
import { getCoupon } from "./offerapi.js";
import { poolsSection } from "./pools.js";
import { may } from "./session.js";
import { staffSection } from "./staff.js";

const WAYS = {
  text: "by text",
  counter: "on the redeem page",
  page: "on the customer’s own page",
  till: "by the till",
};

export async function counterView() {
  const locations = await getAll("locations");
  const names = storeNames(locations);
  return [
    h("h1", {}, "Counter"),
    lookUp(names),
    h(
      "p",
      {},
      h("a", { href: "counter", target: "_blank", rel: "noopener" }, "The redeem page"),
      " is for the phone at the till: staff sign in there with their number and PIN.",
    ),
    may("owner", "marketer") && (await staffSection(locations)),
    may("owner", "marketer") && (await poolsSection()),
  ];
}

function lookUp(names) {
  const code = h("input", {
    name: "code",
    autocomplete: "off",
    autocapitalize: "characters",
    spellcheck: "false",
    maxlength: 60,
    placeholder: "K7P4-XQ9M",
  });
  const found = h("div", { class: "coupon", "aria-live": "polite" });
  const submit = h("button", { type: "submit", class: "primary" }, "Look it up");
  const look = async () => {
    if (!code.value.trim()) return code.focus();
    try {
      found.replaceChildren(...coupon(await getCoupon(code.value.trim()), names));
    } catch (problem) {
      if (problem.status === undefined) throw problem;
      const words = problem.status === 404 ? "There is no coupon with this code." : problem.message;
      found.replaceChildren(h("p", { class: "problem" }, words));
    }
  };
  const listen = { submit: (event) => (event.preventDefault(), busy(submit, look)) };
  return section(
    "A coupon",
    "What became of it, and when: by the code as the customer shows or says it.",
    h("form", { class: "look", on: listen }, h("label", {}, "Code", code), submit),
    found,
  );
}

function coupon(one, names) {
  const where = one.locations.map((code) => names.get(code) ?? code).join(", ") || "Every store";
  const most = one.most_uses === null ? "no limit" : figure(one.most_uses);
  const facts = [
    ["Used", `${figure(one.uses)} of ${most}`],
    ["Holds from", one.valid_from && when(one.valid_from)],
    ["Until", one.valid_until && when(one.valid_until)],
    ["Where", where],
    ["Given out", when(one.issued_at)],
    ["To", one.phone && person(one.phone)],
    ["Campaign", may("owner", "marketer") && campaignLink(one.campaign_id)],
  ].filter(([, value]) => value);
  return [
    h("p", { class: `verdict ${isUsable(one) ? "good" : "plain"}` }, icon(isUsable(one) ? "check" : "warn"), standing(one)),
    h(
      "dl",
      { class: "facts-list" },
      facts.map(([name, value]) => h("div", {}, h("dt", {}, name), h("dd", {}, value))),
    ),
    one.history.length > 0 && uses(one.history, names),
  ].filter(Boolean);
}

const person = (phone) =>
  h("a", { href: `#/people/${encodeURIComponent(phone)}` }, prettyNumber(phone));
const campaignLink = (id) => h("a", { href: `#/campaigns/${id}` }, "What came of it");

const isOver = ({ valid_until: until }) => Boolean(until) && new Date(until) <= new Date();
const isEarly = ({ valid_from: from }) => Boolean(from) && new Date(from) > new Date();
const isSpent = ({ uses, most_uses: most }) => most !== null && uses >= most;
const isUsable = (one) => !isOver(one) && !isEarly(one) && !isSpent(one);

/** As its dates and uses have it; the counter also looks at the campaign. */
function standing(one) {
  if (isSpent(one)) return "It has been used.";
  if (isOver(one)) return "It has expired.";
  if (isEarly(one)) return "It does not hold yet.";
  return "It can still be redeemed, unless its campaign was cancelled.";
}

function uses(history, names) {
  return h(
    "ul",
    { class: "rows" },
    history.map((use) => {
      const where = use.location && (names.get(use.location) ?? use.location);
      const facts = [
        WAYS[use.way] ?? use.way,
        use.by && `by ${use.by}`,
        where && `at ${where}`,
        use.amount && `${dollars(use.amount)} told`,
      ];
      const isUndone = Boolean(use.undone_at);
      return h(
        "li",
        { "data-undone": isUndone },
        h(
          "div",
          {},
          h("strong", {}, when(use.at)),
          h("p", { class: "facts" }, facts.filter(Boolean).join(" · ")),
          isUndone && h("p", { class: "facts" }, `Taken back ${when(use.undone_at)}`),
        ),
      );
    }),
  );
}
