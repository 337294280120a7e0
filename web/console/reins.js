// Pausing, resuming and ending a campaign, and beginning another like it.

import { removeCampaign, take } from "./campaignapi.js";
import { askFirst } from "./confirming.js";
import { action, h, toast } from "./dom.js";
import { keep } from "./drafts.js";

const RUNNING = new Set(["scheduled", "sending"]);
const STOPPABLE = new Set(["scheduled", "sending", "paused"]);
const GOES_ON = "What the carrier has taken already still arrives.";

/** What can be done with it as it stands; `look` shows what came of that. */
export function reins(campaign, look) {
  const { id, status } = campaign;
  return h(
    "div",
    { class: "choice" },
    RUNNING.has(status) && action("Pause…", () => pause(id, look), { class: "secondary" }),
    status === "paused" && action("Resume", () => resume(id, look), { class: "primary" }),
    STOPPABLE.has(status) && action("Cancel…", () => cancel(id, look), { class: "quiet bad" }),
    status === "cancelled" && action("Delete…", () => remove(id), { class: "quiet bad" }),
    action("Write another like it", () => another(campaign), { class: "quiet" }),
  );
}

async function resume(id, look) {
  try {
    await take(id, "resume");
    toast("It goes on.");
  } catch (problem) {
    if (problem.status === undefined) throw problem;
    toast(problem.message, "bad");
  }
  await look();
}

function pause(id, look) {
  askFirst(
    {
      title: "Pause it?",
      told: ["No further text goes out until somebody resumes it.", GOES_ON],
      button: "Pause it",
      kind: "primary",
      keep: "Let it run",
    },
    async () => {
      await take(id, "pause");
      toast("It is paused.");
      await look();
    },
  );
}

function cancel(id, look) {
  askFirst(
    {
      title: "Cancel it for good?",
      told: ["Nobody else gets it, and it can’t be taken up again.", GOES_ON],
      button: "Cancel the campaign",
      keep: "Go back",
    },
    async () => {
      await take(id, "cancel");
      toast("It is cancelled.");
      await look();
    },
  );
}

function remove(id) {
  askFirst(
    {
      title: "Delete it?",
      told: ["The campaign and its figures will be gone for good."],
      button: "Delete it",
    },
    async () => {
      await removeCampaign(id);
      toast("It is deleted.");
      location.hash = "/campaigns";
    },
  );
}

/** A new draft with all that this one says, but for the time, which has gone by. */
function another(campaign) {
  const { schedule } = campaign;
  keep("", { ...campaign, schedule: schedule?.cron || schedule?.on ? schedule : null });
  location.hash = "/campaigns/new";
}
