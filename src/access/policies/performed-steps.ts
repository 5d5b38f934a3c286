import { clinicians, machines } from "./groups.ts";
import { type Grantee, granted, type Policy } from "./policy.ts";

const readers: readonly Grantee[] = [...clinicians, "pacs-administrator", ...machines];

/** Modalities tell of them. */
export const performedSteps: Policy = {
  name: "performed-steps",
  title: "What modalities told of the examinations that they did",
  layer: "corridor",
  kinds: ["PerformedStep"],
  allow: granted({ readers, writers: ["link"] }),
};
