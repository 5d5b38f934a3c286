import { clinicians, machines } from "./groups.ts";
import { type Grantee, granted, type Policy } from "./policy.ts";

const readers: readonly Grantee[] = [...clinicians, ...machines];
const writers: readonly Grantee[] = [...clinicians, ...machines];

export const tasks: Policy = {
  name: "tasks",
  title: "Tasks for staff",
  layer: "fhir",
  kinds: ["Task"],
  allow: granted({ readers, writers }),
};
