// The page's own API. The session is a cookie that no script sees.

const PATIENCE_MS = 12_000;

/** No answer, or one that says "later": the same request may be made again. */
export class NoAnswer extends Error {}

/** Nobody is signed in, or not any more. */
export class SignedOut extends Error {}

/** A request that will never do; the message says why, to a person. */
export class Refused extends Error {}

/** What the API answers, read as JSON; null where it answers nothing. */
export async function ask(method, path, body) {
  const response = await reach(method, path, body);
  if (response.status === 204) return null;
  const told = await response.json().catch(() => ({}));
  if (response.ok) return told;
  if (response.status === 401 && path !== "session") throw new SignedOut(told.detail);
  if (response.status >= 500) throw new NoAnswer(told.detail ?? "");
  throw new Refused(told.detail ?? `The server answered ${response.status}.`);
}

async function reach(method, path, body) {
  try {
    return await fetch(`counter/${path}`, {
      method,
      headers: body === undefined ? {} : { "Content-Type": "application/json" },
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
  } catch {
    throw new NoAnswer("No connection.");
  }
}
