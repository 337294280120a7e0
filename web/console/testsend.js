// A test text to phones of the staff.

import { sendTest } from "./campaignapi.js";
import { action, h } from "./dom.js";
import { prettyNumber } from "./format.js";
import { openDialog } from "./forms.js";

/** Ask which phones, then send `campaign`, a stored draft, to them. */
export function askForATest(campaign, program) {
  const phones = program.staff_phones ?? [];
  openDialog("Send a test", (close) =>
    phones.length ? choice(campaign, phones, close) : nobody(),
  );
}

function nobody() {
  return h(
    "p",
    {},
    "Tests go to phones of the staff alone, and none is on record. An owner adds them under ",
    h("a", { href: "#/shop" }, "Shop"),
    ".",
  );
}

function choice(campaign, phones, close) {
  const boxes = phones.map((value) => h("input", { type: "checkbox", value, checked: true }));
  const outcome = h("div", { role: "status" });
  const send = async () => {
    const chosen = boxes.filter((box) => box.checked).map((box) => box.value);
    if (!chosen.length) {
      outcome.replaceChildren(h("p", { class: "problem" }, "Tick a phone."));
      return;
    }
    try {
      outcome.replaceChildren(...told(await sendTest(campaign.id, chosen)));
    } catch (problem) {
      if (problem.status === undefined) throw problem;
      const found = problem.errors.map(({ detail }) => detail).join(" ");
      outcome.replaceChildren(h("p", { class: "problem" }, found || problem.message));
    }
  };
  return [
    h("p", {}, "Each gets the text as a customer would, marked as a test."),
    h(
      "div",
      { class: "options" },
      boxes.map((box) => h("label", { class: "option" }, box, prettyNumber(box.value))),
    ),
    outcome,
    h(
      "div",
      { class: "choice" },
      action("Send the test", send, { class: "primary" }),
      h("button", { type: "button", class: "secondary", on: { click: close } }, "Done"),
    ),
  ];
}

function told({ sent, refused }) {
  return [
    ...sent.map(({ phone, text }) => [
      h("p", { class: "facts" }, `Sent to ${prettyNumber(phone)}`),
      h("blockquote", { class: "bubble theirs" }, text),
    ]),
    ...refused.map(({ phone, why }) =>
      h("p", { class: "problem" }, `Not sent to ${prettyNumber(phone)}: ${why}`),
    ),
  ].flat();
}
