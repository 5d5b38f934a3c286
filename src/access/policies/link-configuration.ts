import { machines } from "./groups.ts";
import { type Grantee, granted, type Policy } from "./policy.ts";

const keepers: readonly Grantee[] = ["pathology-links-manager"];
const readers: readonly Grantee[] = [...keepers, "systems-developer", "network-manager", "test-analyst", ...machines];

export const linkConfiguration: Policy = {
  name: "link-configuration",
  title: "How the links are set up",
  layer: "corridor",
  kinds: ["LinkConfiguration"],
  allow: granted({ readers, writers: keepers }),
};
