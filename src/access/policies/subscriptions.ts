import { machines } from "./groups.ts";
import { type Grantee, granted, type Policy } from "./policy.ts";

const keepers: readonly Grantee[] = ["systems-developer", "system-administrator"];
const readers: readonly Grantee[] = [...keepers, ...machines];
const statusKeeper: readonly Grantee[] = ["worker"];

export const subscriptions: Policy = {
  name: "subscriptions",
  title: "Who is told of changes",
  layer: "fhir",
  kinds: ["Subscription"],
  allow: {
    ...granted({ readers, writers: keepers, deleters: keepers }),
    update: [...keepers, ...statusKeeper],
  },
};
