// One campaign: its form while it is a draft, afterwards what came of it.

import { getCampaign } from "./campaignapi.js";
import { composeView } from "./compose.js";
import { reportView } from "./report.js";

const NEW = "new";

export async function campaignView(id) {
  if (id === NEW) return composeView(null);
  const campaign = await getCampaign(id);
  return campaign.status === "draft" ? composeView(campaign) : reportView(campaign);
}
