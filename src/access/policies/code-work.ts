import { machines } from "./groups.ts";
import { type Grantee, granted, type Policy } from "./policy.ts";

const readers: readonly Grantee[] = ["pathology-links-manager", "specialist-manager", ...machines];

/** People write them by deciding, one after another, and then they act for a link; nobody writes them directly. */
export const codeWork: Policy = {
  name: "code-work",
  title: "Codes and units that no map knows",
  layer: "corridor",
  kinds: ["UnknownCode", "CodeCoverage", "CodeCursor"],
  allow: granted({ readers, writers: machines }),
};
