import { machines } from "./groups.ts";
import { type Grantee, granted, type Policy } from "./policy.ts";

const readers: readonly Grantee[] = [
  "specialist-manager",
  "information-analyst",
  "planning-and-performance-management",
  ...machines,
];
const writers: readonly Grantee[] = ["information-analyst", "worker"];

export const measures: Policy = {
  name: "measures",
  title: "Figures and reports of measures",
  layer: "fhir",
  kinds: ["MeasureReport"],
  allow: granted({ readers, writers }),
};
