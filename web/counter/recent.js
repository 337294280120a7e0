// What this phone has redeemed last, so that a slip can be taken back. Codes only, nobody's name.

const RECENT = "sayso-counter-recent";
const KEPT = 6;

export const recent = () => JSON.parse(localStorage.getItem(RECENT) ?? "[]");

/** Keep an answer, in place of an earlier one to the same attempt. */
export function keep(attempt, answer) {
  const others = recent().filter((each) => each.request_id !== attempt.request_id);
  const one = { request_id: attempt.request_id, typed: attempt.code, ...answer };
  localStorage.setItem(RECENT, JSON.stringify([one, ...others].slice(0, KEPT)));
}

export const clearRecent = () => localStorage.removeItem(RECENT);
