// The page: a few phones side by side, live.

import * as api from "./api.js";
import { Panel } from "./panel.js";
import { Picker } from "./picker.js";

const PLACES = 3;
const REMEMBERED = "sayso.phones";

const known = new Map(); // number → phone, as the simulator describes it
const panels = [];
const switcher = document.querySelector(".switcher");
const picker = new Picker(() => [...known.values()]);
let current = 0;

function remembered() {
  try {
    const numbers = JSON.parse(localStorage.getItem(REMEMBERED));
    return Array.isArray(numbers) ? numbers.filter((number) => typeof number === "string") : [];
  } catch {
    return [];
  }
}

function remember() {
  const numbers = panels.map((panel) => panel.phone.phone);
  try {
    localStorage.setItem(REMEMBERED, JSON.stringify(numbers));
  } catch {
    // Private windows may refuse; the choice then lasts as long as the page.
  }
}

function describe(number) {
  return known.get(number) ?? { phone: number, name: "", delivery: "delivered", delay_ms: 0 };
}

/** Who stands where: the places as they were left, filled up with those who are known. */
function seating() {
  const others = [...known.keys()];
  return [...new Set([...remembered(), ...others])].slice(0, PLACES);
}

function makePanels(count) {
  const main = document.querySelector(".phones");
  while (panels.length < count) {
    const panel = new Panel({ pick, unread });
    panels.push(panel);
    main.append(panel.root);
    switcher.append(tab(panel));
  }
}

function tab(panel) {
  const button = document.createElement("button");
  button.type = "button";
  button.addEventListener("click", () => select(panels.indexOf(panel)));
  return button;
}

function select(index) {
  current = index;
  panels.forEach((panel, place) => {
    const button = switcher.children[place];
    const isCurrent = place === index;
    panel.root.classList.toggle("current", isCurrent);
    button.setAttribute("aria-pressed", String(isCurrent));
    if (isCurrent) button.classList.remove("unread");
  });
  panels[index].thread.toEnd();
  panels[index].composer.fit();
}

function label() {
  panels.forEach((panel, place) => {
    switcher.children[place].textContent = panel.title;
  });
}

function unread(panel) {
  const place = panels.indexOf(panel);
  if (place !== current) switcher.children[place].classList.add("unread");
}

function pick(panel) {
  picker.open(panel.phone.phone, async (number) => {
    const other = panels.find((each) => each !== panel && each.phone.phone === number);
    // A phone stands in one place only: taking it from another swaps the two.
    const moves = other ? [other.show(describe(panel.phone.phone))] : [];
    moves.push(panel.show(describe(number)));
    await Promise.all(moves);
    remember();
    label();
  });
}

function setLive(state, words) {
  const live = document.querySelector(".live");
  live.dataset.state = state;
  live.querySelector("[data-live]").textContent = words;
}

function showCarrier(carrier) {
  const [number] = carrier.numbers ?? [panels[0]?.number];
  document.querySelector(".invitation [data-number]").textContent = number;
  panels.forEach((panel) => panel.setNumber(number));
  if (carrier.inbound_topic) setLive("live", "Live");
  else setLive("waiting", "Waiting for the stack");
}

/** Everything afresh: at the start, and whenever the stream comes back. */
async function load() {
  const [carrier, phones] = await Promise.all([api.getCarrier(), api.getPhones()]);
  known.clear();
  phones.forEach((phone) => known.set(phone.phone, phone));
  const numbers = panels.length ? panels.map((panel) => panel.phone.phone) : seating();
  makePanels(numbers.length);
  panels.forEach((panel, place) => panel.dress(describe(numbers[place])));
  showCarrier(carrier);
  label();
  await Promise.all(panels.map((panel) => panel.reload()));
  select(current);
}

function onText(text) {
  if (!known.has(text.phone)) known.set(text.phone, describe(text.phone));
  panels.find((panel) => panel.phone?.phone === text.phone)?.receive(text);
}

function onPhone(phone) {
  known.set(phone.phone, phone);
  const panel = panels.find((each) => each.phone?.phone === phone.phone);
  if (!panel) return;
  panel.dress(phone);
  label();
}

const lost = () => setLive("lost", "Reconnecting…");

api.listen({
  hello: () => load().catch(lost),
  reset: () => load().catch(lost),
  text: onText,
  phone: onPhone,
  carrier: showCarrier,
  lost,
});
