import { nobody } from "./groups.ts";
import type { Grantee, Policy } from "./policy.ts";

const readers: readonly Grantee[] = ["information-governance"];

/** The log writes itself. Applications with a token may append entries of their own; nothing changes one. */
export const audit: Policy = {
  name: "audit",
  title: "Who looked and who wrote",
  layer: "fhir",
  kinds: ["AuditEvent"],
  allow: { read: readers, search: readers, history: readers, create: nobody, update: nobody, delete: nobody },
};
