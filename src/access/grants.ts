import type { Kind } from "#record";
import { type Grantee, policies, type RecordAction, recordActions } from "./policies/index.ts";
import { roles } from "./roles/index.ts";

/** A permission on a kind of document, in the form in which an actor holds it: `Observation.read`. */
export function kindPermission(kind: Kind, action: RecordAction): string {
  return `${kind}.${action}`;
}

/**
 * Everything that the grantees together may do: `Kind.action` for documents, and the names of `permissions`.
 * Made once for each actor, so that a question on the way of a read is one look into a set.
 */
export function grantsOf(grantees: readonly Grantee[]): ReadonlySet<string> {
  const granted = new Set<string>();
  for (const grantee of grantees) {
    if (grantee !== "link" && grantee !== "worker") for (const name of roles[grantee].permissions) granted.add(name);
  }
  for (const policy of policies) {
    for (const action of recordActions) {
      if (!policy.allow[action].some((grantee) => grantees.includes(grantee))) continue;
      for (const kind of policy.kinds) granted.add(kindPermission(kind, action));
    }
  }
  return granted;
}
