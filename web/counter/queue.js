// Attempts that have no answer yet. Each keeps the id that it was first sent with, so that however
// often it is sent, and whatever answer was lost, it redeems once. They outlive the page.

import { NoAnswer, Refused, SignedOut, ask } from "./api.js";

const WAITING = "sayso-counter-waiting";
const AGAIN_MS = 5_000;
let isSending = false;
let timer = 0;

const read = () => JSON.parse(localStorage.getItem(WAITING) ?? "[]");
const write = (attempts) => localStorage.setItem(WAITING, JSON.stringify(attempts));

/** Those that wait, oldest first. */
export const waiting = () => read();

/** An attempt to redeem; of a code that waits already, the one that waits. */
export function attempt(code, cents, place) {
  const known = read().find((each) => each.code === code);
  if (known) return known;
  const made = { request_id: crypto.randomUUID(), code, cents, place };
  write([...read(), made]);
  return made;
}

const answered = (one) => write(read().filter((each) => each.request_id !== one.request_id));

/** Nobody's any more: what waits was to be confirmed for whoever has signed out. */
export function forget() {
  clearTimeout(timer);
  localStorage.removeItem(WAITING);
}

/**
 * Send what waits, one after the other. `told(attempt, answer)` gets each answer, `null` where there
 * is none yet; `signedOut()` is called where somebody has to sign in first.
 */
export async function send(told, signedOut) {
  if (isSending) return;
  isSending = true;
  clearTimeout(timer);
  try {
    for (const one of read()) await sendOne(one, told);
  } catch (problem) {
    if (!(problem instanceof SignedOut)) throw problem;
    signedOut();
    return;
  } finally {
    isSending = false;
  }
  if (read().length) timer = setTimeout(() => send(told, signedOut), AGAIN_MS);
}

async function sendOne(one, told) {
  const { request_id, code, cents, place } = one;
  try {
    const answer = await ask("POST", "uses", { request_id, code, cents, place });
    answered(one);
    told(one, answer);
  } catch (problem) {
    if (problem instanceof NoAnswer) {
      told(one, null);
    } else if (problem instanceof Refused) {
      answered(one);
      told(one, { verdict: "refused", title: "That did not work", detail: problem.message });
    } else {
      throw problem;
    }
  }
}
