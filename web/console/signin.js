// Signing in: address and password, then a new password or a code where the pool asks for one.

import { busy, h, icon } from "./dom.js";
import { answer, signIn } from "./session.js";

const STEPS = {
  password: {
    title: "Sign in",
    fields: [
      { name: "email", label: "E-mail address", type: "email", autocomplete: "username" },
      { name: "password", label: "Password", type: "password", autocomplete: "current-password" },
    ],
    button: "Sign in",
  },
  new_password: {
    title: "Choose your password",
    hint: "The one of your invitation was for the first time only. Twelve characters or more, with a capital and a small letter, a digit and a sign.",
    fields: [
      { name: "answer", label: "New password", type: "password", autocomplete: "new-password" },
    ],
    button: "Keep it and sign in",
  },
  code: {
    title: "One more thing",
    hint: "Enter the code that your authenticator app shows now.",
    fields: [
      {
        name: "answer",
        label: "Code",
        type: "text",
        autocomplete: "one-time-code",
        inputmode: "numeric",
      },
    ],
    button: "Sign in",
  },
};

/** A form that calls `admitted` once somebody is signed in. */
export function signInForm(admitted, heading = "h1") {
  const place = h("div", { class: "sign-in" });
  show(place, admitted, heading, "password");
  return place;
}

function show(place, admitted, heading, name, question = null) {
  const step = STEPS[name];
  const trouble = h("p", { class: "problem", role: "alert", hidden: true });
  const inputs = step.fields.map((field) => input(field));
  const button = h("button", { type: "submit", class: "primary" }, step.button);
  const submit = async () => {
    trouble.hidden = true;
    try {
      const [first, second] = inputs.map((each) => each.value);
      const next = question ? await answer(question, first) : await signIn(first.trim(), second);
      if (next) show(place, admitted, heading, next.step, next);
      else admitted();
    } catch (problem) {
      trouble.textContent = problem.message;
      trouble.hidden = false;
      inputs.at(-1).select();
      inputs.at(-1).focus();
    }
  };
  const form = h(
    "form",
    { on: { submit: (event) => (event.preventDefault(), busy(button, submit)) } },
    h(heading, {}, icon("mark"), step.title),
    step.hint && h("p", { class: "hint" }, step.hint),
    inputs.map((each) => h("label", {}, each.dataset.label, each)),
    trouble,
    button,
  );
  place.replaceChildren(form);
  inputs[0].focus();
}

function input({ name, label, ...properties }) {
  return h("input", {
    name,
    required: true,
    "data-label": label,
    spellcheck: "false",
    autocapitalize: "off",
    ...properties,
  });
}
