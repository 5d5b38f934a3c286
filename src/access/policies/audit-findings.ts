import { nobody } from "./groups.ts";
import { type Grantee, granted, type Policy } from "./policy.ts";

const reviewers: readonly Grantee[] = ["information-governance", "worker"];

/** Written by a worker that follows the log; who reviews one says what it came to. */
export const auditFindings: Policy = {
  name: "audit-findings",
  title: "What was unusual about who looked at whose record",
  layer: "corridor",
  kinds: ["AuditFinding"],
  allow: { ...granted({ readers: reviewers, writers: reviewers, deleters: nobody }), create: ["worker"] },
};
