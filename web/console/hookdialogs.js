// What is asked before an endpoint is made, changed, told again or removed.

import { askFirst } from "./confirming.js";
import { h, toast } from "./dom.js";
import { count } from "./format.js";
import { field, formOf, openDialog } from "./forms.js";
import { changeHook, createHook, hookStep, removeHook, replaySince } from "./offerapi.js";

export const EVENTS = [
  ["joined", "Somebody joined"],
  ["opted_out", "Somebody opted out"],
  ["replied", "Somebody replied"],
  ["clicked", "Somebody clicked"],
  ["redeemed", "An offer was redeemed"],
  ["redemption_undone", "A redemption was taken back"],
  ["campaign_finished", "A campaign has finished"],
];
const HOUR_MS = 3_600_000;

/** Show how things stand now. */
export const again = () => dispatchEvent(new HashChangeEvent("hashchange"));

/** Of a hook, or of a new one where there is none. */
export function edit(hook) {
  openDialog(hook ? "Edit the endpoint" : "Add an endpoint", (close) => {
    const fields = [
      field({ path: "url", label: "Address", kind: "url", value: hook?.url, placeholder: "https://" }),
      field({
        path: "description",
        label: "What it is",
        value: hook?.description,
        maxlength: 200,
        placeholder: "Our CRM",
      }),
      eventBoxes(hook?.events ?? EVENTS.map(([name]) => name)),
    ];
    const boxes = fields.at(-1);
    const save = async ({ url, description }) => {
      const events = [...boxes.querySelectorAll(":checked")].map((box) => box.value);
      const wish = { url, description, events };
      const made = await (hook ? changeHook(hook.id, wish) : createHook(wish));
      close();
      if (made.secret) showSecret(made.secret);
      else toast("It is saved.");
      again();
    };
    return formOf(fields, { save, button: "Save" });
  });
}

function eventBoxes(chosen) {
  return h(
    "div",
    { class: "field", "data-path": "events", role: "group", "aria-label": "Of what it is told" },
    h("p", { class: "label" }, "Of what it is told"),
    h(
      "div",
      { class: "options" },
      EVENTS.map(([value, words]) =>
        h(
          "label",
          { class: "option" },
          h("input", { type: "checkbox", value, checked: chosen.includes(value) }),
          words,
        ),
      ),
    ),
    h("p", { class: "problem", hidden: true }),
  );
}

function showSecret(secret) {
  openDialog("The secret", (close) => [
    h("p", {}, "Your system verifies signatures by it. It is shown this once: keep it now."),
    h("p", { class: "secret" }, h("code", {}, secret)),
    h(
      "div",
      { class: "choice" },
      h("button", { type: "button", class: "primary", on: { click: close } }, "I have it"),
    ),
  ]);
}

export function rotate(hook) {
  const told = ["The one before it goes on signing for a day, so that you can change over."];
  askFirst(
    { title: "A new secret?", told, button: "Make one", kind: "primary", keep: "Go back" },
    async () => {
      const made = await hookStep(hook.id, "secret");
      again();
      showSecret(made.secret);
    },
  );
}

export function remove(hook) {
  const told = ["It is told nothing any more, and its log is gone."];
  askFirst({ title: "Remove the endpoint?", told, button: "Remove" }, async () => {
    await removeHook(hook.id);
    toast("It is removed.");
    location.hash = "/shop/hooks";
  });
}

export function askToReplay(hook) {
  openDialog("Send again what it missed", (close) => {
    const hours = field({
      path: "since",
      label: "Of the last so many hours",
      kind: "number",
      value: 24,
      min: 1,
      max: 720,
      hint: "What it has taken is not sent again. One event comes again from the log below.",
    });
    const save = async ({ since }) => {
      const begin = new Date(Date.now() - Number(since) * HOUR_MS).toISOString();
      const { queued, go_on_since: rest } = await replaySince(hook.id, begin);
      close();
      toast(`${count(queued, "event")} on the way${rest ? ": there are more, ask once again" : ""}.`);
      again();
    };
    return formOf([hours], { save, button: "Send them" });
  });
}
