import { failed, limits, ok, type Result } from "#kernel";
import type { HealthRecord, Query, Version } from "#record";
import { scimProblem } from "./scim-problem.ts";

/**
 * All documents of a kind that carry one of the keys, or all where none is named, in the order of their ids. Problems: `tooMany`
 * beyond `limits.scimSearchedMax`; unavailable.
 */
export async function scan(
  record: HealthRecord,
  { kind, keys = [] }: { readonly kind: string; readonly keys?: readonly string[] },
): Promise<Result<readonly Version[]>> {
  const found: Version[] = [];
  const query: Query = {
    kind,
    all: keys.length === 0 ? [] : [{ is: "key", any: keys }],
    sort: { by: "id", descending: false },
    limit: limits.pageSizeMax,
  };
  for (let after: Query["after"]; ; ) {
    const page = await record.search(after === undefined ? query : { ...query, after });
    if (!page.ok) return page;
    found.push(...page.value.versions);
    after = page.value.next;
    if (after === undefined) return ok(found);
    if (found.length >= limits.scimSearchedMax) return failed(tooMany);
  }
}

const tooMany = scimProblem("tooMany", "There are more than a search goes through. Ask by userName or externalId.");
