import { machines } from "./groups.ts";
import { type Grantee, granted, type Policy } from "./policy.ts";

const readers: readonly Grantee[] = ["pathology-links-manager", ...machines];

export const linkMessages: Policy = {
  name: "link-messages",
  title: "Messages as they came over the links",
  layer: "corridor",
  kinds: ["LinkMessage"],
  allow: granted({ readers, writers: ["link"] }),
};
