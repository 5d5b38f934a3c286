import { type Grantee, granted, type Policy } from "./policy.ts";

const keepers: readonly Grantee[] = ["information-governance", "worker"];

export const governance: Policy = {
  name: "governance",
  title: "Requests by people, incidents and registers of information governance",
  layer: "corridor",
  kinds: ["GovernanceItem", "GovernanceCounter", "GovernanceSettings"],
  allow: granted({ readers: keepers, writers: keepers }),
};
