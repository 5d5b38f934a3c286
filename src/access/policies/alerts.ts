import { chartReaders, chartWriters, nobody } from "./groups.ts";
import type { Policy } from "./policy.ts";

/** Stands on the banner of every chart: whoever opens a chart sees it. */
export const alerts: Policy = {
  name: "alerts",
  title: "Allergies and alerts",
  layer: "fhir",
  kinds: ["AllergyIntolerance", "Flag"],
  allow: {
    read: chartReaders,
    search: chartReaders,
    history: chartReaders,
    create: chartWriters,
    update: chartWriters,
    delete: nobody,
  },
};
