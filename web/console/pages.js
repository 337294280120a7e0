// The pages of the console, and who sees which.

import { campaignView } from "./campaign.js";
import { campaignsView } from "./campaigns.js";
import { counterView } from "./counter.js";
import { decideView } from "./decide.js";
import { hooksView, hookView } from "./hooks.js";
import { overallView } from "./overall.js";
import { peopleView } from "./people.js";
import { personView } from "./person.js";
import { segmentsView, segmentView } from "./segments.js";
import { shopView } from "./shop.js";
import { waysView } from "./ways.js";

// The first whose path fits is shown; what stands after the path is given to the view.
export const PAGES = [
  { path: "/people/", view: personView, within: "/people" },
  { path: "/campaigns/", view: campaignView, within: "/campaigns" },
  { path: "/segments/", view: segmentView, within: "/campaigns" },
  { path: "/segments", view: segmentsView, within: "/campaigns" },
  { path: "/shop/hooks/", view: hookView, within: "/shop" },
  { path: "/shop/hooks", view: hooksView, within: "/shop" },
  {
    path: "/decide",
    view: decideView,
    name: "To decide",
    icon: "decide",
    roles: ["owner", "marketer"],
  },
  {
    path: "/campaigns",
    view: campaignsView,
    name: "Campaigns",
    icon: "campaigns",
    roles: ["owner", "marketer"],
  },
  {
    path: "/report",
    view: overallView,
    name: "Report",
    icon: "report",
    roles: ["owner", "marketer"],
  },
  {
    path: "/counter",
    view: counterView,
    name: "Counter",
    icon: "counter",
    roles: ["owner", "marketer", "staff"],
  },
  {
    path: "/people",
    view: peopleView,
    name: "People",
    icon: "people",
    roles: ["owner", "marketer", "staff"],
  },
  { path: "/ways", view: waysView, name: "Ways in", icon: "ways", roles: ["owner", "marketer"] },
  { path: "/shop", view: shopView, name: "Shop", icon: "shop", roles: ["owner", "marketer"] },
];
