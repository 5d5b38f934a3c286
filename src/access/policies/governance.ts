import { type Grantee, granted, type Policy } from "./policy.ts";

const keepers: readonly Grantee[] = ["information-governance", "worker"];

export const governance: Policy = {
  name: "governance",
  title: "Requests by people, incidents and registers of information governance",
  layer: "corridor",
  kinds: ["GovernanceItem", "GovernanceCounter", "GovernanceSettings", "Disposal"],
  allow: granted({ readers: keepers, writers: keepers }),
};

export const disclosures: Policy = {
  name: "disclosures",
  title: "What is gathered and packed for a person who asks for their data",
  layer: "corridor",
  kinds: ["DisclosureSheet", "DisclosurePack"],
  // Gathered anew, fewer sheets may be needed.
  allow: granted({ readers: keepers, writers: keepers, deleters: keepers }),
};
