import { nobody } from "./groups.ts";
import { type Grantee, granted, type Policy } from "./policy.ts";

const readers: readonly Grantee[] = ["information-governance"];

/** The log writes itself. Applications with a token may append entries of their own; nothing changes one. */
export const audit: Policy = {
  name: "audit",
  title: "Who looked and who wrote",
  layer: "fhir",
  kinds: ["AuditEvent"],
  allow: granted({ readers, writers: nobody }),
};
