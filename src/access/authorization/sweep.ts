import { instant, ok, type Result, toIso } from "#kernel";
import { storedBy } from "../identity/document-schema.ts";
import type { AuthorizationNeeds } from "./authorization-needs.ts";
import { issuedItemKind, issuedItemSchema } from "./issued-item.ts";

const dayMs = 24 * 3_600_000;
/** Further back than this nothing is looked for: each day was looked at while it was past. */
const daysBack = 7;

/**
 * Takes away codes and tokens that were over before today: what stands in the history of the record is a hash and when it
 * was. Answers how many. Problems: unavailable.
 */
export async function sweepIssued(needs: AuthorizationNeeds, max: number): Promise<Result<number>> {
  const now = needs.clock.now();
  const days = Array.from({ length: daysBack }, (_, back) => toIso(instant(now - (back + 1) * dayMs)).slice(0, 10));
  const found = await needs.record.search({
    kind: issuedItemKind.kind,
    all: [{ is: "key", any: days.map((day) => `expires=${day}`) }],
    sort: { by: "updated", descending: false },
    limit: max,
  });
  if (!found.ok) return found;
  const over = found.value.versions.filter((version) => storedBy(issuedItemSchema, version).expires <= toIso(now));
  if (over.length === 0) return ok(0);
  const operations = over.map(({ kind, id }) => ({ action: "delete", kind, id }) as const);
  const written = await needs.record.transact({ operations });
  return written.ok ? ok(over.length) : written;
}
