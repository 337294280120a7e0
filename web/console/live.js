// What changes while somebody looks at it: typing that is answered, figures that move.

const TYPING_MS = 400;
const PATIENCE_MS = 1500;
const nap = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Do `work` once nothing has changed for a moment, then `show` what came of it. The newest wins: an
 * answer to what has changed since is dropped. Failures are shown by `fail`.
 */
export function settled(work, show, fail) {
  let newest = 0;
  return async function changed(afterMs = TYPING_MS) {
    const mine = ++newest;
    await nap(afterMs);
    if (mine !== newest) return;
    let outcome = null;
    try {
      const found = await work();
      outcome = () => show(found);
    } catch (problem) {
      if (problem.status === undefined) throw problem;
      outcome = () => fail(problem);
    }
    if (mine === newest) outcome();
  };
}

/** Wait for what is to come first, so that nothing moves afterwards; but not for long. */
export const shortly = (...promises) => Promise.race([Promise.all(promises), nap(PATIENCE_MS)]);

/** Look again every so often while `element` is on the page, until `look` says that it is over. */
export async function follow(element, everyMs, look) {
  for (let isOver = false; !isOver;) {
    await nap(everyMs);
    if (!element.isConnected) return;
    if (!document.hidden) isOver = await look();
  }
}

/**
 * Put other content in the place of what is there. What somebody has opened, scrolled or reached by
 * keyboard stays so: it is known by its `data-key`.
 */
export function refill(place, ...content) {
  const focused = document.activeElement?.closest("[data-key]")?.dataset.key;
  const before = new Map(keyed(place));
  place.replaceChildren(...content);
  for (const [key, now] of keyed(place)) {
    const then = before.get(key);
    if (then?.open) now.open = true;
    if (then?.scrollLeft) now.scrollLeft = then.scrollLeft;
    if (key === focused && then && !then.isConnected) (now.querySelector("summary") ?? now).focus();
  }
}

const keyed = (place) =>
  [...place.querySelectorAll("[data-key]")].map((one) => [one.dataset.key, one]);
