// The field that a text is typed into, its quick texts and its counter.

import { countParts } from "./parts.js";

const QUICK = ["JOIN DOWNTOWN", "HELP", "STOP", "JOIN UPTOWN", "JOIN DENVER", "START", "YES"];

export class Composer {
  /** `send(body)` resolves when the text is on its way, and rejects with the reason if not. */
  constructor(root, send) {
    this.send = send;
    this.form = root.querySelector(".compose");
    this.field = root.querySelector("textarea");
    this.button = root.querySelector(".send");
    this.problem = root.querySelector(".problem");
    this.count = root.querySelector(".count");
    this.costly = root.querySelector(".costly");
    this.chips = root.querySelector(".chips");
    this.chips.append(...QUICK.map((body) => this.chip(body)));
    this.field.addEventListener("input", () => this.refresh());
    this.field.addEventListener("keydown", (event) => this.key(event));
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit();
    });
    this.refresh();
  }

  chip(body) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "chip";
    button.textContent = body;
    button.addEventListener("click", () => this.deliver(body));
    return button;
  }

  /** In airplane mode a phone can't text. */
  allow(allowed) {
    this.allowed = allowed;
    this.field.disabled = !allowed;
    this.field.placeholder = allowed ? "Text message" : "Airplane mode is on";
    for (const chip of this.chips.children) chip.disabled = !allowed;
    this.refresh();
  }

  key(event) {
    // Enter also ends the composition of a character in many languages; that one isn't ours.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.submit();
  }

  async submit() {
    const body = this.field.value;
    if (!body.trim() || !this.allowed) return;
    this.field.value = "";
    this.refresh();
    if (await this.deliver(body)) return;
    // Nothing that a person typed is lost to an error.
    if (!this.field.value) this.field.value = body;
    this.refresh();
  }

  async deliver(body) {
    this.problem.hidden = true;
    try {
      await this.send(body);
      return true;
    } catch (error) {
      const offline = error instanceof TypeError;
      this.problem.textContent = offline ? "Not sent: the simulator is away." : error.message;
      this.problem.hidden = false;
      return false;
    }
  }

  /** As high as its words need; a field that isn't shown can't be measured. */
  fit() {
    this.field.style.height = "";
    const { scrollHeight } = this.field;
    if (this.field.value && scrollHeight) this.field.style.height = `${scrollHeight}px`;
  }

  refresh() {
    const body = this.field.value;
    this.button.disabled = !this.allowed || !body.trim();
    this.fit();
    const { parts, encoding, units, costly, single, each } = countParts(body);
    const room = parts > 1 ? parts * each : single;
    const size = `${units}/${room} · ${parts} ${parts === 1 ? "part" : "parts"} · ${encoding}`;
    this.count.textContent = body ? size : "";
    this.costly.textContent = costly.length ? `because of ${costly.slice(0, 6).map(shown).join(" ")}` : "";
  }
}

/** Characters that can't be seen are named. */
function shown(character) {
  const code = character.codePointAt(0);
  const isInvisible = /[\p{C}\p{Z}]/u.test(character);
  return isInvisible ? `U+${code.toString(16).toUpperCase().padStart(4, "0")}` : character;
}
