import { clinicians, machines, nobody } from "./groups.ts";
import type { Grantee, Policy } from "./policy.ts";

const readers: readonly Grantee[] = [...clinicians, ...machines];
const writers: readonly Grantee[] = [...clinicians, ...machines];

export const tasks: Policy = {
  name: "tasks",
  title: "Tasks for staff",
  layer: "fhir",
  kinds: ["Task"],
  allow: { read: readers, search: readers, history: readers, create: writers, update: writers, delete: nobody },
};
