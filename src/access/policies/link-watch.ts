import { machines } from "./groups.ts";
import { type Grantee, granted, type Policy } from "./policy.ts";

const readers: readonly Grantee[] = [
  "pathology-links-manager",
  "specialist-manager",
  "pacs-administrator",
  "network-manager",
  "support-technician",
  "systems-developer",
  "system-administrator",
  "test-analyst",
  ...machines,
];

/** Without anything of a patient. A worker opens and closes them, a person says that they know of them. */
export const linkAlerts: Policy = {
  name: "link-alerts",
  title: "Alerts: what did not arrive over the links",
  layer: "corridor",
  kinds: ["LinkAlert"],
  allow: {
    read: readers,
    search: readers,
    history: readers,
    create: ["worker"],
    update: ["worker", "pathology-links-manager"],
    delete: [],
  },
};

export const linkWatch: Policy = {
  name: "link-watch",
  title: "What the links are watched by: rhythms, sequence numbers, results that are waited for",
  layer: "corridor",
  kinds: ["LinkRhythm", "LinkLearning", "LinkSequence", "AwaitedResult", "UnorderedResults", "WatchCursor"],
  allow: granted({ readers: ["pathology-links-manager", ...machines], writers: ["worker"] }),
};
