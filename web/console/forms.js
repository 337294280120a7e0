// Forms that show what the API found wrong beside the field it is about.

import { busy, h, shown } from "./dom.js";

const NUMBERS = new Set(["caps.per_day", "caps.per_week", "caps.per_month"]);
let made = 0;

/** A labelled field. `path` is the API's name of the value; `kind` an input's type. */
export function field({ path, label, hint, kind = "text", options, value, ...properties }) {
  const id = `field-${(made += 1)}`;
  const described = {
    id,
    name: path,
    "aria-describedby": `${id}-hint ${id}-problem`,
    ...properties,
  };
  const control = options ? select(options, value, described) : text(kind, value, described);
  return h(
    "div",
    { class: "field", "data-path": path },
    h("label", { for: id }, label),
    control,
    h("p", { class: "hint", id: `${id}-hint` }, hint ?? ""),
    h("p", { class: "problem", id: `${id}-problem`, hidden: true }),
  );
}

function text(kind, value, properties) {
  const shown = value === null || value === undefined ? "" : String(value);
  if (kind === "long") return h("textarea", { rows: 4, value: shown, ...properties });
  return h("input", { type: kind, autocomplete: "off", value: shown, ...properties });
}

function select(options, value, properties) {
  return h(
    "select",
    properties,
    options.map(([name, label]) =>
      h("option", { value: name, selected: name === (value ?? "") }, label),
    ),
  );
}

/** A form around fields. `save` gets the values by path; what it throws is shown where it belongs. */
export function formOf(fields, { save, button, beside = [], readOnly = false }) {
  const trouble = h("p", { class: "problem", role: "alert", hidden: true });
  const submit = h("button", { type: "submit", class: "primary" }, button);
  const work = async () => {
    clear(fields, trouble);
    try {
      await save(
        Object.fromEntries(fields.map((each) => [each.dataset.path, control(each).value.trim()])),
      );
    } catch (problem) {
      explain(fields, trouble, problem);
    }
  };
  const listen = { submit: (event) => (event.preventDefault(), busy(submit, work)) };
  const form = h(
    "form",
    { class: "form", novalidate: true, on: listen },
    fields,
    trouble,
    !readOnly && h("div", { class: "choice" }, submit, beside),
  );
  if (readOnly) fields.forEach((each) => control(each).setAttribute("disabled", ""));
  return form;
}

/** What is filled in; nothing where a choice has no options. */
const control = (place) => place.querySelector("input, select, textarea");

/** Take back what was said of these fields. */
export function clear(fields, trouble) {
  trouble.hidden = true;
  for (const each of fields) {
    control(each)?.removeAttribute("aria-invalid");
    each.querySelector(".problem").hidden = true;
  }
}

/** Say what a Problem finds wrong: beside the fields that it names, the rest in `trouble`. */
export function explain(fields, trouble, problem, { takesFocus = true } = {}) {
  const unplaced = [];
  let first = null;
  for (const { path, detail } of problem.errors ?? []) {
    const place = fields.find(
      (each) => path === each.dataset.path || path.startsWith(`${each.dataset.path}.`),
    );
    if (!place) {
      unplaced.push(path ? `${path}: ${detail}` : detail);
      continue;
    }
    const shown = place.querySelector(".problem");
    shown.textContent = detail;
    shown.hidden = false;
    control(place)?.setAttribute("aria-invalid", "true");
    first ??= control(place);
  }
  if (!first || unplaced.length) {
    trouble.textContent = unplaced.join("; ") || problem.message;
    trouble.hidden = false;
  }
  if (takesFocus) first?.focus();
}

/** A form in a dialog; `build` gets a function that closes it. Focus goes back to where it was. */
export function openDialog(title, build) {
  const dialog = h("dialog", { class: "sheet", "aria-label": title });
  const close = () => dialog.close();
  dialog.addEventListener("close", () => dialog.remove());
  dialog.append(
    h(
      "header",
      {},
      h("h2", {}, title),
      h(
        "button",
        { type: "button", class: "quiet", "aria-label": "Close", on: { click: close } },
        "✕",
      ),
    ),
    ...shown(build(close)),
  );
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

/** Values by path into an object: empty is null, numbers are numbers. */
export function nested(into, values) {
  for (const [path, value] of Object.entries(values)) {
    const names = path.split(".");
    const last = names.pop();
    const inner = names.reduce((object, name) => (object[name] ??= {}), into);
    // Text that is no number goes as it is, for the API to say so.
    inner[last] =
      value === ""
        ? null
        : NUMBERS.has(path) && !Number.isNaN(Number(value))
          ? Number(value)
          : value;
  }
  return into;
}

/** A part of a page. */
export function section(title, lead, ...content) {
  return h(
    "section",
    { class: "panel" },
    h("header", {}, h("h2", {}, title), h("p", { class: "hint" }, lead)),
    content,
  );
}

/** A field for an IANA time zone. */
export function zone(path, value, hint) {
  return field({ path, label: "Time zone", value, hint, list: zones(), spellcheck: "false" });
}

function zones() {
  if (!document.querySelector("#zones")) {
    document.body.append(
      h(
        "datalist",
        { id: "zones" },
        Intl.supportedValuesOf("timeZone").map((name) => h("option", { value: name })),
      ),
    );
  }
  return "zones";
}
