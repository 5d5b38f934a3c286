import { isJsonObject, type Json, limits, ok, type Result } from "#kernel";
import type { Cursor, HealthRecord, Version } from "#record";

/** Every document of a kind that carries one of these keys; without keys, every document of it. Problems: those of the record. */
export async function searched(
  record: Pick<HealthRecord, "search">,
  kind: string,
  keys?: readonly string[],
): Promise<Result<readonly Version[]>> {
  const found: Version[] = [];
  let after: Cursor | undefined;
  do {
    const page = await record.search({
      kind,
      all: keys === undefined ? [] : [{ is: "key", any: keys }],
      sort: { by: "updated", descending: false },
      limit: limits.disclosurePageMax,
      ...(after === undefined ? {} : { after }),
    });
    if (!page.ok) return page;
    found.push(...page.value.versions);
    after = page.value.next;
  } while (after !== undefined);
  return ok(found);
}

/** The same for many keys, some at a time. */
export async function searchedInParts(
  record: Pick<HealthRecord, "search">,
  kind: string,
  keys: readonly string[],
): Promise<Result<readonly Version[]>> {
  const found: Version[] = [];
  for (let start = 0; start < keys.length; start += limits.disclosurePageMax) {
    const part = await searched(record, kind, keys.slice(start, start + limits.disclosurePageMax));
    if (!part.ok) return part;
    found.push(...part.value);
  }
  return ok(found);
}

/** What a Reference names. */
export function named(reference: Json | undefined): string | undefined {
  if (!isJsonObject(reference ?? null)) return undefined;
  const { reference: text } = reference as { readonly reference?: Json };
  return typeof text === "string" ? text.replace(/\/_history\/.*$/, "") : undefined;
}
