// The part of the admin API that is about campaigns and segments.

import { json } from "./api.js";

const one = (id) => `campaigns/${encodeURIComponent(id)}`;

export const getCampaigns = (query) => json("GET", `campaigns?${new URLSearchParams(query)}`);
export const getCampaign = (id) => json("GET", one(id));
export const getReport = (id) => json("GET", `${one(id)}/report`);
export const saveCampaign = (id, wish) =>
  id ? json("PATCH", one(id), wish) : json("POST", "campaigns", wish);
export const removeCampaign = (id) => json("DELETE", one(id));

/** What sending it would mean: people, parts, price, texts and findings. */
export const previewOf = (wish) => json("POST", "campaigns/preview", wish);

/** `step` is schedule, pause, resume or cancel; the campaign as it stands then. */
export const take = (id, step) => json("POST", `${one(id)}/${step}`);
export const sendTest = (id, phones) => json("POST", `${one(id)}/test`, { phones });

export const getSegment = (id) => json("GET", `segments/${encodeURIComponent(id)}`);
export const createSegment = (wish) => json("POST", "segments", wish);
export const getVocabulary = () => json("GET", "segments/vocabulary");

/** How many fit, what each filter removes, and some of them. */
export const countOf = (audience) => json("POST", "segments/count", audience);
