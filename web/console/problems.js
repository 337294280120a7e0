// What can be wrong with a request, in words for the person who made it.

/** `status` is 0 where no answer came; `errors` names the fields at fault, if any. */
export class Problem extends Error {
  constructor(status, detail, errors = []) {
    super(detail);
    this.status = status;
    this.errors = errors;
  }
}

const OFFLINE = "No answer. Check the connection, then try again.";

/** fetch, whose only failure is a Problem. */
export async function reach(path, options) {
  try {
    return await fetch(path, options);
  } catch {
    throw new Problem(0, OFFLINE);
  }
}

export async function problemOf(response) {
  const told = await response.json().catch(() => ({}));
  const detail = told.detail || `The server answered ${response.status}. Try again in a moment.`;
  return new Problem(response.status, detail, told.errors ?? []);
}
