import { chartReaders, chartWriters, nobody } from "./groups.ts";
import type { Policy } from "./policy.ts";

/** What passes between the wards and the laboratories; documents hold the laid-out reports. */
export const ordersAndResults: Policy = {
  name: "orders-and-results",
  title: "Orders, specimens, results and documents",
  layer: "fhir",
  kinds: [
    "Binary",
    "DiagnosticReport",
    "DocumentManifest",
    "DocumentReference",
    "Observation",
    "ServiceRequest",
    "Specimen",
  ],
  allow: {
    read: chartReaders,
    search: chartReaders,
    history: chartReaders,
    create: chartWriters,
    update: chartWriters,
    delete: nobody,
  },
};
