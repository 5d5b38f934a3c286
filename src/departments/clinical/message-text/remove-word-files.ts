import { limits, ok, type Result } from "#kernel";
import type { BlobDay, HealthRecord } from "#record";
import { anyKey, newestFirst } from "../clauses.ts";
import { wordFileKind } from "./word-file.ts";

/** Those of a day whose messages are no longer kept; their words go with the day. Problems: those of the record. */
export async function removeWordFiles(
  record: Pick<HealthRecord, "search" | "transact">,
  day: BlobDay,
): Promise<Result<undefined>> {
  const ofDay = newestFirst({ kind: wordFileKind, all: [anyKey(`day=${day}`)], limit: limits.pageSizeMax });
  for (;;) {
    const page = await record.search(ofDay);
    if (!page.ok) return page;
    if (page.value.versions.length === 0) return ok(undefined);
    const operations = page.value.versions.map(({ kind, id }) => ({ action: "delete", kind, id }) as const);
    const removed = await record.transact({ operations });
    if (!removed.ok) return removed;
  }
}
