// The admin API. A token that has run out is renewed, or the person asked to sign in again, and
// the request made once more: nobody loses what they were typing.

import { problemOf, reach } from "./problems.js";
import { bearer, renew } from "./session.js";

let askAgain = async () => {};
let renewing = null;

/** `ask` resolves once somebody has signed in. */
export function whenSessionEnds(ask) {
  askAgain = ask;
}

async function admitted() {
  renewing ??= (async () => (await renew()) || askAgain())().finally(() => {
    renewing = null;
  });
  await renewing;
}

async function send(method, path, { body, accept = "application/json" } = {}) {
  const request = () => {
    const headers = { Authorization: `Bearer ${bearer()}`, Accept: accept };
    if (body !== undefined) headers["Content-Type"] = "application/json";
    return reach(`admin/${path}`, {
      method,
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  };
  let response = await request();
  if (response.status === 401) {
    await admitted();
    response = await request();
  }
  if (!response.ok) throw await problemOf(response);
  return response;
}

/** What the API answers, read as JSON; null where it answers nothing. */
export async function json(method, path, body) {
  const response = await send(method, path, { body });
  return response.status === 204 ? null : response.json();
}

const person = (phone) => `subscribers/${encodeURIComponent(phone)}`;

export const getProgram = () => json("GET", "program");

/** The program; null where nobody has set one up yet. */
export async function getProgramOrNone() {
  try {
    return await getProgram();
  } catch (problem) {
    if (problem.status === 404) return null;
    throw problem;
  }
}

export const putProgram = (program) => json("PUT", "program", program);
export const getPerson = (phone) => json("GET", person(phone));
export const getConsent = (phone) => json("GET", `${person(phone)}/consent`);
export const decide = (phone, decision, reason) =>
  json("POST", `${person(phone)}/decide`, { decision, reason });
export const erase = (phone, reason) =>
  json("DELETE", `${person(phone)}?${new URLSearchParams(reason && { reason })}`);

/** A page of people: `items`, and `next` where there may be more. */
export const getPeople = (filters) => json("GET", `subscribers?${new URLSearchParams(filters)}`);

/** Everything of a list that is short by nature (`locations`, `keywords`). */
export async function getAll(resource) {
  const items = [];
  let next = "";
  do {
    const page = await json(
      "GET",
      `${resource}?${new URLSearchParams({ limit: 200, ...(next && { cursor: next }) })}`,
    );
    items.push(...page.items);
    next = page.next;
  } while (next);
  return items;
}

export const putOne = (resource, name, body) =>
  json("PUT", `${resource}/${encodeURIComponent(name)}`, body);
export const deleteOne = (resource, name) =>
  json("DELETE", `${resource}/${encodeURIComponent(name)}`);

/** A document of the API as an address that this page may open; release it after use. */
export async function getDocument(path, accept) {
  const response = await send("GET", path, { accept });
  return URL.createObjectURL(await response.blob());
}

export const proofPath = (phone) => `${person(phone)}/consent?format=html`;

export const signPath = (word, options) =>
  `keywords/${encodeURIComponent(word)}/sign?${new URLSearchParams(options)}`;

const one = (id) => `imports/${encodeURIComponent(id)}`;

export const createImport = (wish) => json("POST", "imports", wish);
export const startImport = (id, isDry) => json("POST", `${one(id)}/start?dry_run=${isDry}`);
export const getImport = (id) => json("GET", one(id));
export const getImports = (limit) => json("GET", `imports?limit=${limit}`);
export const getRefused = (id) => json("GET", `${one(id)}/refused`);
