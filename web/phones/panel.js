// One phone on the page: its owner, its screen and its settings.

import * as api from "./api.js";
import { Composer } from "./composer.js";
import { now, prettyNumber } from "./format.js";
import { Thread } from "./thread.js";

const HUES = 6;

export class Panel {
  /** `events`: `pick(panel)` when another phone is wanted here, `unread(panel)` when a text came. */
  constructor(events) {
    const template = document.getElementById("panel");
    this.root = template.content.firstElementChild.cloneNode(true);
    this.events = events;
    this.number = "80808";
    this.thread = new Thread(this.one(".thread"), this.one(".scroller"), this.one(".newer"));
    this.composer = new Composer(this.root, (body) => this.text(body));
    this.one("[data-pick]").addEventListener("click", () => events.pick(this));
    this.one("[data-airplane]").addEventListener("click", () => this.toggleAirplane());
    for (const name of ["delivery", "delay"]) {
      this.one(`[data-${name}]`).addEventListener("change", () => this.applyNetwork());
    }
    this.closeSheetOutside();
    this.tick();
  }

  one(selector) {
    return this.root.querySelector(selector);
  }

  get title() {
    return this.phone.name || prettyNumber(this.phone.phone);
  }

  /** Put somebody's phone here. */
  async show(phone) {
    const isSame = this.phone?.phone === phone.phone;
    this.dress(phone);
    if (!isSame) this.thread.clear();
    await this.reload();
  }

  /** Fetch the thread; what arrives meanwhile is newer than what is fetched. */
  async reload() {
    const { phone } = this.phone;
    this.meanwhile = [];
    const texts = await api.getThread(phone);
    if (phone !== this.phone.phone) return;
    this.thread.fill(texts);
    this.meanwhile.forEach((text) => this.thread.put(text));
    this.meanwhile = null;
    this.showEmptiness();
  }

  receive(text) {
    if (this.meanwhile) this.meanwhile.push(text);
    this.thread.put(text);
    this.showEmptiness();
    if (text.direction === "out") this.events.unread(this);
  }

  dress(phone) {
    this.phone = phone;
    const isOff = phone.delivery === "unreachable";
    this.root.dataset.phone = phone.phone;
    this.root.setAttribute("aria-label", `${this.title}'s phone`);
    this.one(".avatar").textContent = phone.name ? phone.name[0] : "#";
    this.one(".avatar").dataset.hue = Number(phone.phone.slice(-3)) % HUES;
    this.one(".name").textContent = this.title;
    this.one(".phone-number").textContent = phone.name ? prettyNumber(phone.phone) : "";
    this.one("[data-pick]").setAttribute("aria-label", `${this.title}, ${phone.phone}: choose another phone`);
    this.one(".badge").hidden = !phone.opted_out;
    this.one("textarea").setAttribute("aria-label", `Text as ${this.title}`);
    this.one(".send").setAttribute("aria-label", `Send as ${this.title}`);
    this.one(".scroller").setAttribute("aria-label", `${this.title}'s texts`);
    this.one("summary").setAttribute("aria-label", `Network of ${this.title}'s phone`);
    this.dressNetwork(phone, isOff);
  }

  dressNetwork(phone, isOff) {
    const airplane = this.one("[data-airplane]");
    airplane.setAttribute("aria-checked", String(isOff));
    airplane.setAttribute("aria-label", `Airplane mode of ${this.title}'s phone`);
    airplane.title = `Airplane mode is ${isOff ? "on" : "off"}`;
    this.root.classList.toggle("offline", isOff);
    this.root.classList.toggle("unusual", phone.delivery !== "delivered" || phone.delay_ms > 0);
    this.one("[data-signal] use").setAttribute("href", isOff ? "#icon-plane" : "#icon-signal");
    this.one("[data-delivery]").value = phone.delivery;
    this.showDelay(phone.delay_ms);
    this.composer.allow(!isOff);
    this.showEmptiness();
  }

  showDelay(delay) {
    const select = this.one("[data-delay]");
    const value = String(delay);
    if (![...select.options].some((option) => option.value === value)) {
      select.add(new Option(`after ${delay / 1000} seconds`, value));
    }
    select.value = value;
  }

  /** `number` is whom everybody texts here. */
  setNumber(number) {
    this.number = number;
    this.one("[data-number]").textContent = number;
    this.showEmptiness();
  }

  showEmptiness() {
    const empty = this.one(".empty");
    empty.hidden = !this.thread.isEmpty;
    empty.textContent = `No texts with ${this.number} yet. Tap JOIN DOWNTOWN below, or type your own words.`;
  }

  async text(body) {
    const { phone } = this.phone;
    await api.postText(phone, { to: this.number, body });
  }

  toggleAirplane() {
    const isOn = this.phone.delivery === "unreachable";
    return this.configure({ delivery: isOn ? "delivered" : "unreachable" });
  }

  applyNetwork() {
    return this.configure({
      delivery: this.one("[data-delivery]").value,
      delay_ms: Number(this.one("[data-delay]").value),
    });
  }

  async configure(settings) {
    const phone = await api.putPhone(this.phone.phone, settings);
    if (phone.phone === this.phone.phone) this.dress(phone);
  }

  closeSheetOutside() {
    const sheet = this.one(".network");
    document.addEventListener("pointerdown", (event) => {
      if (!sheet.contains(event.target)) sheet.open = false;
    });
    sheet.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      sheet.open = false;
      sheet.querySelector("summary").focus();
    });
  }

  tick() {
    this.one("[data-clock]").textContent = now();
    setTimeout(() => this.tick(), 60_000 - (Date.now() % 60_000));
  }
}
