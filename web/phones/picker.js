// The dialog that chooses whose phone stands in a place, or adds a new one.

import { parseNumber, prettyNumber } from "./format.js";

const MOST = 60; // rows; typing narrows a longer list

export class Picker {
  /** `people()` lists the known phones, as the simulator describes them. */
  constructor(people) {
    this.people = people;
    this.dialog = document.querySelector(".picker");
    this.search = this.dialog.querySelector("[data-search]");
    this.list = this.dialog.querySelector(".people");
    this.search.addEventListener("input", () => this.refresh());
    this.search.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      // The focus goes back to the button that opened the dialog: it must not get this key too.
      event.preventDefault();
      this.list.querySelector("button")?.click();
    });
    this.dialog.addEventListener("click", (event) => {
      if (event.target === this.dialog) this.dialog.close();
    });
  }

  /** Ask; `choose(phone)` is called with the phone's number, or not at all. */
  open(current, choose) {
    this.current = current;
    this.choose = choose;
    this.search.value = "";
    this.refresh();
    this.dialog.showModal();
    this.search.focus();
  }

  refresh() {
    const typed = this.search.value.trim();
    const found = this.people().filter((phone) => matches(phone, typed)).slice(0, MOST);
    const rows = found.map((phone) => this.row(phone.phone, phone.name, phone));
    const number = parseNumber(typed);
    if (number && !this.people().some((phone) => phone.phone === number)) {
      rows.unshift(this.row(number, "New phone", {}));
    }
    this.list.replaceChildren(...(rows.length ? rows : [hint()]));
  }

  row(number, name, phone) {
    const item = document.createElement("li");
    const button = document.createElement("button");
    button.type = "button";
    button.append(span("name", name || prettyNumber(number)));
    if (name) button.append(span("phone-number", prettyNumber(number)));
    if (phone.opted_out) button.append(span("badge", "Opted out"));
    button.classList.toggle("new", !phone.phone);
    if (number === this.current) button.setAttribute("aria-current", "true");
    button.addEventListener("click", () => {
      this.dialog.close();
      this.choose(number);
    });
    item.append(button);
    return item;
  }
}

function matches(phone, typed) {
  const digits = typed.replace(/\D/g, "");
  const isNamed = phone.name.toLowerCase().includes(typed.toLowerCase());
  return isNamed || (digits !== "" && phone.phone.includes(digits));
}

function span(className, words) {
  const element = document.createElement("span");
  element.className = className;
  element.textContent = words;
  return element;
}

function hint() {
  const item = document.createElement("li");
  item.className = "hint";
  item.textContent = "Nobody by that name. Type a whole number to add a phone.";
  return item;
}
