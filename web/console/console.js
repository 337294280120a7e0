// The console: who is in, which page is open, and the frame around it.

import { whenSessionEnds } from "./api.js";
import { action, h, icon, shown } from "./dom.js";
import { heldCount, onHeldCount } from "./held.js";
import { PAGES } from "./pages.js";
import { may, renew, signOut, who } from "./session.js";
import { signInForm } from "./signin.js";

const app = document.querySelector("#app");
let visit = 0;

const mine = () => PAGES.filter((page) => page.name && may(...page.roles));

function place() {
  const path = decodeURI(location.hash.slice(1)) || mine()[0]?.path || "/people";
  const page = PAGES.find((each) => path.startsWith(each.path)) ?? mine()[0];
  return { page, rest: path.slice(page.path.length) };
}

function frame() {
  const links = mine().map((page) =>
    h(
      "a",
      { href: `#${page.path}`, "data-path": page.path },
      icon(page.icon),
      h("span", {}, page.name),
      page.path === "/decide" && h("span", { class: "count", hidden: true }),
    ),
  );
  const nav = h("nav", { "aria-label": "Pages" }, links);
  const leave = action([icon("out"), h("span", {}, "Sign out")], goOut, {
    class: "quiet",
    "aria-label": "Sign out",
  });
  const person = h(
    "div",
    { class: "who" },
    h("span", { class: "email", title: who().email }, who().email),
    h("span", { class: "role" }, who().roles.join(", ") || "no role"),
    leave,
  );
  const brand = h("p", { class: "brand" }, icon("mark"), "Sayso");
  app.replaceChildren(
    h("header", { class: "side" }, brand, nav, person),
    h("main", { id: "main", tabindex: "-1" }),
  );
}

function showCount(count, isAll) {
  const badge = app.querySelector("nav .count");
  if (!badge) return;
  badge.hidden = count === 0;
  badge.replaceChildren(
    h("span", { "aria-hidden": "true" }, isAll ? `${count}` : `${count}+`),
    h("span", { class: "unseen" }, ` ${count} waiting`),
  );
}

/** Show the page that the address names. `byPerson`: they came by a link, so focus follows. */
async function show(byPerson) {
  const { page, rest } = place();
  const main = app.querySelector("main");
  const number = ++visit;
  for (const link of app.querySelectorAll("nav a")) {
    const isCurrent = link.dataset.path === (page.within ?? page.path);
    if (isCurrent) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  main.setAttribute("aria-busy", "true");
  main.replaceChildren(h("div", { class: "skeleton" }, h("i"), h("i"), h("i")));
  const content = await opened(page, rest);
  if (number !== visit) return;
  main.replaceChildren(...shown(content));
  main.removeAttribute("aria-busy");
  const title = main.querySelector("h1");
  document.title = `${title?.dataset.title ?? title?.textContent ?? "Console"} · Sayso`;
  window.scrollTo(0, 0);
  if (byPerson) main.focus();
}

async function opened(page, rest) {
  try {
    return await page.view(rest);
  } catch (problem) {
    if (problem.status === undefined) throw problem;
    return failure(problem);
  }
}

function failure(problem) {
  const title =
    { 0: "No connection", 403: "Not for your role", 404: "Not here" }[problem.status] ??
    "That didn't work";
  const again =
    problem.status !== 403 && action("Try again", () => show(true), { class: "primary" });
  return h("div", { class: "blank" }, h("h1", {}, title), h("p", {}, problem.message), again);
}

function start() {
  frame();
  onHeldCount(showCount);
  show(false);
  if (may("owner", "marketer")) heldCount();
}

function askToSignIn() {
  visit += 1;
  document.title = "Sign in · Sayso";
  const welcome = h(
    "div",
    { class: "welcome" },
    h("p", { class: "brand" }, icon("mark"), "Sayso"),
    signInForm(start),
    h("p", { class: "hint" }, "Access is by invitation of an owner of the shop."),
  );
  app.replaceChildren(h("main", { id: "main", class: "door", tabindex: "-1" }, welcome));
  app.querySelector("input").focus();
}

/** The session has ended under an open page: sign in above it, and everything typed stays. */
function askOverThePage() {
  const before = who()?.email;
  return new Promise((resolve) => {
    const dialog = h("dialog", { class: "again", "aria-label": "Sign in again" });
    const admitted = () => {
      dialog.close();
      dialog.remove();
      // Another person sees another console.
      if (before && who().email !== before) location.reload();
      resolve();
    };
    dialog.addEventListener("cancel", (event) => event.preventDefault());
    dialog.append(
      h("p", { class: "hint" }, "Your session has ended. Sign in to go on where you were."),
      signInForm(admitted, "h2"),
    );
    document.body.append(dialog);
    dialog.showModal();
    dialog.querySelector("input").focus();
  });
}

async function goOut() {
  await signOut();
  // A fresh page: nothing of what was shown stays in memory.
  location.hash = "";
  location.reload();
}

async function begin() {
  whenSessionEnds(askOverThePage);
  addEventListener("hashchange", () => who() && show(true));
  try {
    if (await renew()) start();
    else askToSignIn();
  } catch (problem) {
    app.replaceChildren(
      h(
        "main",
        { class: "door" },
        h(
          "div",
          { class: "blank" },
          h("h1", {}, "No connection"),
          h("p", {}, problem.message),
          action("Try again", begin, { class: "primary" }),
        ),
      ),
    );
  }
  app.removeAttribute("aria-busy");
}

begin();
