import { limits, ok, type Result } from "#kernel";
import { parseBody } from "#record";
import { anyKey } from "../clauses.ts";
import { linkStateKey } from "../messages/figure-keys.ts";
import { type LinkMessage, linkMessageKind } from "../messages/link-message.ts";
import type { Finding } from "./link-alert.ts";
import type { WatchedRecord } from "./watch-needs.ts";

/** Links whose messages have waited to be mapped for `limits.watchUnmappedMs`: one finding each. Problems: those of the record. */
export async function unmappedFindings(
  look: Pick<WatchedRecord, "search" | "count">,
  links: readonly string[],
  nowMs: number,
): Promise<Result<readonly Finding[]>> {
  const findings: Finding[] = [];
  for (const link of links) {
    const sort = { by: "updated", descending: false } as const;
    const all = [anyKey(linkStateKey(link, "received"))];
    const query = { kind: linkMessageKind, all, sort, limit: limits.watchExamplesMax };
    const oldest = await look.search(query);
    if (!oldest.ok) return oldest;
    const late = oldest.value.versions
      .map((version) => ({ id: version.id, since: parseBody<LinkMessage>(version).arrivedAt }))
      .filter(({ since }) => nowMs - Date.parse(since) >= limits.watchUnmappedMs);
    const [first] = late;
    if (first === undefined) continue;
    const count = await look.count(query);
    if (!count.ok) return count;
    const text = "Messages that were acknowledged wait to be mapped, the oldest of them for longer than it should.";
    const examples = late.map(({ id }) => `${linkMessageKind}/${id}`);
    findings.push({ link, rule: "mapping-behind", since: first.since, text, count: count.value, examples });
  }
  return ok(findings);
}
