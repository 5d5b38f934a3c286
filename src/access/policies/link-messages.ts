import { machines, nobody } from "./groups.ts";
import type { Grantee, Policy } from "./policy.ts";

const readers: readonly Grantee[] = ["pathology-links-manager", ...machines];

export const linkMessages: Policy = {
  name: "link-messages",
  title: "Messages as they came over the links",
  layer: "corridor",
  kinds: ["LinkMessage"],
  allow: { read: readers, search: readers, history: readers, create: ["link"], update: ["link"], delete: nobody },
};
