import { machines } from "./groups.ts";
import type { Grantee, Policy } from "./policy.ts";

const readers: readonly Grantee[] = ["pathology-links-manager", ...machines];

/** Asked for and decided on by a person; what they have come to is written as they go on. With values of messages in them. */
export const replays: Policy = {
  name: "replays",
  title: "Replays of messages, and configurations tried on messages that came before",
  layer: "corridor",
  kinds: ["Replay", "ShadowRun"],
  allow: {
    read: readers,
    search: readers,
    history: readers,
    create: ["pathology-links-manager"],
    update: ["worker", "pathology-links-manager"],
    delete: [],
  },
};
