// The counter: type or scan a code, see at once whether it is good, take a slip back.

import { SignedOut, ask } from "./api.js";
import { h, once } from "./dom.js";
import { attempt, send, waiting } from "./queue.js";
import { keep, recent } from "./recent.js";
import { canScan, scan } from "./scan.js";

const GOOD = "redeemed";
const STILL_SIGNED_IN = "No connection: you are still signed in. Try again in a moment.";

/** The page for a member of staff; `signOut` is their wish, `signedOut` the server's. */
export function counter(person, { signOut, signedOut }) {
  const result = h("section", { class: "result", role: "status", "aria-live": "assertive" });
  const list = h("ul", { class: "recent" });
  const camera = h("div", { class: "camera" });
  const place = storeField(person);
  const code = h("input", {
    ...{ name: "code", id: "code", required: true, maxlength: 60, autocomplete: "off" },
    ...{ autocapitalize: "characters", autocorrect: "off", spellcheck: "false", enterkeyhint: "go" },
  });
  const amount = h("input", {
    ...{ name: "amount", id: "amount", inputmode: "decimal", autocomplete: "off", maxlength: 10 },
    ...{ placeholder: "23.50" },
  });
  const button = h("button", { type: "submit", class: "primary" }, "Redeem");

  const told = (one, answer) => {
    if (answer) keep(one, answer);
    result.replaceChildren(answer ? card(one, answer, takeBack) : pending(one));
    result.scrollIntoView({ block: "nearest" });
    showList();
  };
  const showList = () => list.replaceChildren(...waiting().map(waits), ...recent().map(passed));
  const passed = (one) =>
    h(
      "li",
      { class: one.verdict === GOOD ? "good" : "bad" },
      h("b", {}, one.code || one.typed),
      h("span", {}, [one.title, one.detail].filter(Boolean).join(" · ")),
    );
  const takeBack = async (one) => {
    try {
      const said = { request_id: one.request_id, code: one.code };
      const { undone, detail } = await ask("POST", "undo", said);
      const title = undone === "undone" ? "Taken back" : "Not taken back";
      told(one, { verdict: "undone", title, detail, code: one.code });
    } catch (problem) {
      if (problem instanceof SignedOut) signedOut();
      else result.append(h("p", { class: "problem" }, problem.message || "No connection."));
    }
  };
  const redeem = async () => {
    const cents = centsIn(amount.value);
    if (Number.isNaN(cents)) {
      amount.setCustomValidity("An amount such as 23.50, or nothing.");
      amount.reportValidity();
      return;
    }
    const one = attempt(code.value.trim().toUpperCase(), cents, place?.querySelector("select").value);
    result.replaceChildren(h("p", { class: "asking" }, "Asking …"));
    showList();
    [code.value, amount.value] = ["", ""];
    code.blur();
    await send(told, signedOut);
    if (waiting().some((each) => each.request_id === one.request_id)) told(one, null);
  };
  amount.addEventListener("input", () => amount.setCustomValidity(""));
  // Not for whoever has been signed out meanwhile: their form would be taken from under them.
  addEventListener("online", () => list.isConnected && send(told, signedOut));
  showList();
  send(told, signedOut);

  const form = h(
    "form",
    { on: { submit: (event) => (event.preventDefault(), once(button, redeem)) } },
    place,
    h("label", { for: "code" }, "Code"),
    h("div", { class: "row" }, code, canScan() && scanButton(camera, code)),
    camera,
    h("label", { for: "amount" }, "Amount paid ", h("small", {}, "(if you like)")),
    amount,
    button,
  );
  const leave = h("button", { type: "button", class: "quiet" }, "Sign out");
  const stays = () => result.replaceChildren(h("p", { class: "problem" }, STILL_SIGNED_IN));
  leave.addEventListener("click", () => once(leave, signOut).catch(stays));
  const who = h("p", {}, h("b", {}, person.program), ` · ${whereAndWho(person)}`);
  return [
    h("header", {}, who, leave),
    h("main", {}, h("h1", {}, "Redeem"), form, result, h("h2", {}, "Last on this phone"), list),
  ];
}

function whereAndWho(person) {
  const store = person.places.find((each) => each.code === person.location);
  return [person.name, store?.name].filter(Boolean).join(", ");
}

/** Which store it is, for who has none of their own; remembered on this phone. */
function storeField(person) {
  if (person.location || person.places.length < 2) return null;
  const chosen = localStorage.getItem("sayso-counter-store");
  const options = person.places.map((each) =>
    h("option", { value: each.code, selected: each.code === chosen }, each.name),
  );
  const select = h("select", { name: "place" }, h("option", { value: "" }, "Which store?"), options);
  select.addEventListener("change", () => localStorage.setItem("sayso-counter-store", select.value));
  return h("label", {}, "Store", select);
}

function scanButton(camera, code) {
  const button = h("button", { type: "button", class: "scan" }, "Scan");
  let stop = null;
  button.addEventListener("click", async () => {
    if (stop) return stop.abort();
    stop = new AbortController();
    button.textContent = "Stop";
    try {
      code.value = (await scan(camera, stop.signal)) || code.value;
    } catch {
      camera.replaceChildren(h("p", { class: "problem" }, "No camera to be had. Type the code."));
    } finally {
      [stop, button.textContent] = [null, "Scan"];
    }
  });
  return button;
}

/** Cents of `23.50`, `$23,5` or `23`; undefined for nothing, NaN for what is no amount. */
function centsIn(text) {
  if (!text.trim()) return undefined;
  const found = /^\$?\s*(\d{1,5})(?:[.,](\d{1,2}))?$/.exec(text.trim());
  return found ? Number(found[1]) * 100 + Number((found[2] ?? "").padEnd(2, "0")) : NaN;
}

function card(one, answer, takeBack) {
  const isGood = answer.verdict === GOOD;
  const canUndo = isGood && new Date(answer.undo_until) > new Date();
  const undo = canUndo && h("button", { type: "button", class: "quiet" }, "Take it back");
  if (undo) {
    const back = { request_id: one.request_id, code: answer.code };
    undo.addEventListener("click", () => once(undo, () => takeBack(back)));
  }
  return h(
    "div",
    { class: `card ${isGood ? "good" : answer.verdict === "undone" ? "plain" : "bad"}` },
    h("p", { class: "verdict" }, isGood ? "✓ " : answer.verdict === "undone" ? "" : "✕ ", answer.title),
    answer.offer && h("p", { class: "offer" }, answer.offer),
    answer.detail && h("p", {}, answer.detail),
    answer.terms && isGood && h("p", { class: "terms" }, answer.terms),
    h("p", { class: "which" }, answer.code || one.code),
    undo,
  );
}

const pending = (one) =>
  h(
    "div",
    { class: "card wait" },
    h("p", { class: "verdict" }, "Not confirmed yet"),
    h("p", {}, "No answer from the shop's server. It is tried again by itself, and counts once."),
    h("p", { class: "which" }, one.code),
  );

const waits = (one) => h("li", { class: "wait" }, h("b", {}, one.code), h("span", {}, "Not confirmed yet"));
