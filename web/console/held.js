// The numbers that wait for a person's decision.

import { getPeople } from "./api.js";

// Beyond this many the page shows the first of them, and the count says "and more".
const PAGES_AT_MOST = 5;
const listeners = new Set();
let last = null;

export function onHeldCount(listen) {
  listeners.add(listen);
  if (last) listen(last.count, last.isAll);
}

/** Everyone who is held, the newest first, and whether that is all of them. */
export async function loadHeld() {
  const people = [];
  let next = "";
  for (let page = 0; page < PAGES_AT_MOST; page += 1) {
    const found = await getPeople({ status: "held", limit: 200, ...(next && { cursor: next }) });
    people.push(...found.items);
    next = found.next;
    if (!next) break;
  }
  const since = (person) => person.held_at ?? "";
  people.sort((one, other) => since(other).localeCompare(since(one)));
  tell(people.length, !next);
  return { people, isAll: !next };
}

/** Count anew in the background; a failure shows where the list itself is opened. */
export const heldCount = () => loadHeld().catch(() => {});

export function oneFewer() {
  if (last) tell(Math.max(0, last.count - 1), last.isAll);
}

function tell(count, isAll) {
  last = { count, isAll };
  listeners.forEach((listen) => listen(count, isAll));
}
