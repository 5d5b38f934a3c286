import { chartReaders, chartWriters } from "./groups.ts";
import { granted, type Policy } from "./policy.ts";

/** Stands on the banner of every chart: whoever opens a chart sees it. */
export const alerts: Policy = {
  name: "alerts",
  title: "Allergies and alerts",
  layer: "fhir",
  kinds: ["AllergyIntolerance", "Flag"],
  allow: granted({ readers: chartReaders, writers: chartWriters }),
};
