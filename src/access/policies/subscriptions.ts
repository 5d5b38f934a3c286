import { machines } from "./groups.ts";
import type { Grantee, Policy } from "./policy.ts";

const keepers: readonly Grantee[] = ["systems-developer", "system-administrator"];
const readers: readonly Grantee[] = [...keepers, ...machines];

export const subscriptions: Policy = {
  name: "subscriptions",
  title: "Who is told of changes",
  layer: "fhir",
  kinds: ["Subscription"],
  allow: { read: readers, search: readers, history: readers, create: keepers, update: keepers, delete: keepers },
};
