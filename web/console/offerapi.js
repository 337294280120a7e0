// The part of the admin API that is about offers: what people redeem, where, and what it brought.

import { json } from "./api.js";

const path = (...parts) => parts.map(encodeURIComponent).join("/");

/** `query` is first and last day, and what the rows are of. */
export const getOverall = (query) => json("GET", `report?${new URLSearchParams(query)}`);
export const overallCsv = (query) =>
  `report?${new URLSearchParams({ ...query, format: "csv" })}`;

export const getCoupon = (code) => json("GET", path("coupons", code));

export const getPools = async () => (await json("GET", "pools")).items;
export const createPool = (pool) => json("POST", "pools", pool);
export const addCodes = (id, csv) => json("POST", path("pools", id, "codes"), { csv });
export const removePool = (id) => json("DELETE", path("pools", id));

export const createHook = (hook) => json("POST", "webhooks", hook);
export const changeHook = (id, changes) => json("PATCH", path("webhooks", id), changes);
export const removeHook = (id) => json("DELETE", path("webhooks", id));
/** `step` is secret or test. */
export const hookStep = (id, step) => json("POST", path("webhooks", id, step));
export const getDeliveries = (id, cursor) =>
  json(
    "GET",
    `${path("webhooks", id, "deliveries")}?${new URLSearchParams({ limit: 20, ...(cursor && { cursor }) })}`,
  );
export const replay = (id, delivery) =>
  json("POST", path("webhooks", id, "deliveries", delivery, "replay"));
export const replaySince = (id, since) => json("POST", path("webhooks", id, "replay"), { since });
