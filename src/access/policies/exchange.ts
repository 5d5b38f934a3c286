import { clinicians, machines } from "./groups.ts";
import { type Grantee, granted, type Policy } from "./policy.ts";

const readers: readonly Grantee[] = [...clinicians, ...machines];

/** Envelopes that may hold anything about a patient, so only those may open them who may read the whole chart. */
export const exchange: Policy = {
  name: "exchange",
  title: "Envelopes and links between documents",
  layer: "fhir",
  kinds: ["Basic", "Bundle", "Linkage", "MessageHeader", "OperationOutcome", "Parameters", "VerificationResult"],
  allow: granted({ readers, writers: ["link"] }),
};
