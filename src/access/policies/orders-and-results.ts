import { chartReaders, chartWriters } from "./groups.ts";
import { granted, type Policy } from "./policy.ts";

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
  allow: granted({ readers: chartReaders, writers: chartWriters }),
};
