// The staff's redeem page: who is signed in, and the form or the counter for them.

import { NoAnswer, ask } from "./api.js";
import { counter } from "./desk.js";
import { h, once } from "./dom.js";
import { forget, waiting } from "./queue.js";
import { clearRecent } from "./recent.js";

const app = document.querySelector("#app");

function show(...content) {
  app.replaceChildren(...content);
  app.removeAttribute("aria-busy");
}

function signInForm(words = "") {
  const trouble = h("p", { class: "problem", role: "alert", hidden: !words }, words);
  const phone = field("phone", "Your mobile number", { type: "tel", autocomplete: "username" });
  const pin = field("pin", "PIN", {
    type: "password",
    inputmode: "numeric",
    autocomplete: "current-password",
  });
  const button = h("button", { type: "submit", class: "primary" }, "Sign in");
  const submit = async () => {
    trouble.hidden = true;
    try {
      const [number, secret] = [phone, pin].map((each) => each.querySelector("input").value);
      enter(await ask("POST", "session", { phone: number, pin: secret }));
    } catch (problem) {
      trouble.textContent = problem instanceof NoAnswer ? "No connection. Try again." : problem.message;
      trouble.hidden = false;
    }
  };
  const form = h(
    "form",
    { class: "sign-in", on: { submit: (event) => (event.preventDefault(), once(button, submit)) } },
    h("h1", {}, "Redeem offers"),
    h("p", { class: "hint" }, "Sign in with the number and the PIN that the shop has for you."),
    phone,
    pin,
    trouble,
    button,
  );
  show(h("main", {}, form));
  phone.querySelector("input").focus();
}

const field = (name, label, properties) =>
  h("label", {}, label, h("input", { name, required: true, maxlength: 40, ...properties }));

function enter(person) {
  show(...counter(person, { signOut, signedOut: () => signInForm("Sign in again, please.") }));
}

async function signOut() {
  const unsure = waiting().length;
  if (unsure && !confirm(`${unsure} not confirmed yet: signed out, they are not tried again.`)) return;
  await ask("DELETE", "session");
  forget();
  clearRecent();
  signInForm();
}

/** Somebody may still be signed in; without a connection, it is asked until there is one. */
async function begin() {
  let person = null;
  try {
    person = await ask("GET", "session");
  } catch {
    const unsure = waiting().length;
    const kept = unsure ? ` ${unsure} not confirmed yet: nothing is lost.` : "";
    show(h("main", {}, h("p", { class: "problem", role: "status" }, `No connection. Trying again …${kept}`)));
    setTimeout(begin, 3_000);
    return;
  }
  if (person) enter(person);
  else signInForm();
}

begin();
