import { ok, type Result } from "#kernel";
import { type Key, keyText } from "#record";
import type { View } from "./view.ts";

/** So many entries about one document by one actor are looked at; each that was shown it says so. */
const entriesMax = 50;

/** Entries of our own have numbers; what an application posts of itself proves nothing. */
const ownId = /^[0-9]+$/;

/**
 * Whether the log says that the actor was shown a version of the document, or wrote one, while it was there. Of what was erased
 * nothing is left to judge by, but who knew of it may be told that it is gone.
 */
export async function knewOf({ auditLog, actor }: View, key: Key): Promise<Result<boolean>> {
  const name = keyText(key);
  const page = await auditLog.search({
    kind: "AuditEvent",
    all: [`entity=${name}`, `agent=${actor.reference}`, "outcome=0"].map((any) => ({ is: "key", any: [any] })),
    sort: { by: "updated", descending: true },
    limit: entriesMax,
  });
  if (!page.ok) return page;
  // What was asked for and not found is named without a version. Whatever is about a patient names the patient.
  const shown = key.kind === "Patient" ? "/_history/" : `${name}/_history/`;
  return ok(page.value.versions.some(({ id, body }) => ownId.test(id) && body.includes(shown)));
}
