import { everyone, machines } from "./groups.ts";
import { type Grantee, granted, type Policy } from "./policy.ts";

const readers: readonly Grantee[] = [...everyone, ...machines];
const keepers: readonly Grantee[] = ["systems-developer", "system-administrator"];

/** What two people have approved of a laboratory's codes is written with the rights of its link. */
export const codeMaps: Policy = {
  name: "code-maps",
  title: "Maps from code to code",
  layer: "fhir",
  kinds: ["ConceptMap"],
  allow: granted({ readers, writers: [...keepers, "link"], deleters: keepers }),
};
