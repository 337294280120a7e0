// Who is signed in. The token lives in this module's memory alone: no storage that a later
// script could read. What outlives the page is a cookie that only the server sees.

import { forgetAll } from "./drafts.js";
import { Problem, problemOf, reach } from "./problems.js";

const SESSION = "console/session";
let token = "";
let person = null;

export const bearer = () => token;
export const who = () => person;
export const may = (...roles) => roles.some((role) => person?.roles.includes(role));

/** Go on from the cookie of an earlier visit: whether there was one that is still good. */
export async function renew() {
  return (await post({})) === null && person !== null;
}

/** Address and password: null once signed in, or what is asked for next. */
export const signIn = (email, password) => post({ email, password });

/** The answer to what was asked for: a new password, or an authenticator's code. */
export const answer = (question, given) => post({ ...question, answer: given });

export async function signOut() {
  const response = await reach(SESSION, { method: "DELETE" });
  if (!response.ok) throw await problemOf(response);
  [token, person] = ["", null];
  forgetAll();
}

async function post(fields) {
  const response = await reach(SESSION, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(fields),
  });
  if (response.status === 204) {
    [token, person] = ["", null];
    return null;
  }
  if (!response.ok) throw await problemOf(response);
  const told = await response.json();
  if (told.step) return told;
  if (!told.access_token) throw new Problem(response.status, "The answer can't be understood.");
  token = told.access_token;
  person = { email: told.email, roles: told.roles };
  return null;
}
