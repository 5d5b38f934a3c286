import {
  conflict,
  failed,
  incorrect,
  instant,
  type JsonObject,
  ok,
  okUnless,
  type Problem,
  type Result,
  unsupported,
} from "#kernel";
import type { Version } from "../documents/document.ts";
import type { Operation } from "../documents/operation.ts";
import type { HealthRecord } from "../health-record.ts";
import { idProblem } from "./interactions/sent.ts";
import { readSearch } from "./search/search-request.ts";

export interface Condition {
  readonly type: string;
  /** Index keys that a resource must carry, all of them; in alphabetical order. */
  readonly keys: readonly string[];
}

/** Equal for equal conditions. */
export function conditionText({ type, keys }: Condition): string {
  return JSON.stringify([type, ...keys]);
}

/** What was found for a condition. */
export type Match = { readonly found: "none" } | { readonly found: "one"; readonly version: Version };

/**
 * The search of a conditional interaction or reference, `identifier=system|value`, as index keys: only then can the
 * commit itself hold to it. Problems: those of `readSearch`; unsupported, code `unsupported-condition`, for a search
 * that needs more than keys; incorrect for one without conditions.
 */
export function conditionOf(type: string, search: string): Result<Condition> {
  const parameters = new URLSearchParams(search);
  // No date is a key, so the time does not matter.
  const read = readSearch({ type, parameters, base: undefined, now: instant(0), isLenient: false });
  if (!read.ok) return read;
  const { all } = read.value.query;
  if (all.length === 0 || all.length < parameters.size) return failed(noCondition);
  const keys = all.flatMap((clause) => (clause.is === "key" && clause.any.length === 1 ? clause.any : []));
  return okUnless(keys.length < all.length ? [notByKeys] : [], { type, keys: keys.sort() });
}

const noCondition = incorrect(
  "wrong-condition",
  "A condition must be one or more search parameters, and nothing else.",
);
const notByKeys = unsupported(
  "unsupported-condition",
  "Corridor takes conditions by one code, identifier, uri or Type/id reference each, and by no other parameters.",
);

/** For a conditional update that also names the version it must find. */
export const oneCondition = unsupported(
  "unsupported-condition",
  "Corridor takes If-Match or a search as the condition of an update, not both at once.",
);

/** What carries the keys now. Problems: conflict, code `multiple-matches`; those of a search. */
export async function findMatch(record: HealthRecord, { type, keys }: Condition): Promise<Result<Match>> {
  const page = await record.search({
    kind: type,
    all: keys.map((key) => ({ is: "key", any: [key] })),
    sort: { by: "updated", descending: true },
    limit: 2,
  });
  if (!page.ok) return page;
  const [version, another] = page.value.versions;
  if (another !== undefined) return failed(several(type));
  return ok(version === undefined ? { found: "none" } : { found: "one", version });
}

function several(type: string): Problem {
  return conflict("multiple-matches", `Several resources of type ${type} match the condition; it must name one.`);
}

/**
 * An update of what matched, or a create where nothing did; either fails when that has changed by the time of the commit.
 * Problems: `wrong-id`.
 */
export function conditionalUpdateOf(match: Match, { type, keys }: Condition, body: JsonObject): Result<Operation> {
  if (match.found === "none") {
    const given = typeof body.id === "string" ? { id: body.id } : {};
    return ok({ action: "create", kind: type, ...given, body, ifNoneExist: { keys, onMatch: "fail" } });
  }
  const { id, version } = match.version;
  const problem = body.id === undefined ? undefined : idProblem(type, id, body);
  if (problem !== undefined) return failed(problem);
  return ok({ action: "update", kind: type, id, body, ifMatch: version });
}

/** Somebody else wrote between the search and the commit. */
export function isRace({ code }: Problem): boolean {
  return code === "already-exists" || code === "version-conflict";
}

/** If-None-Exist is written `identifier=…`; `?identifier=…` and `Patient?identifier=…` are taken as the same. */
export function bareSearch(search: string, type: string): string {
  const start = search.startsWith(`${type}?`) ? type.length + 1 : search.startsWith("?") ? 1 : 0;
  return search.slice(start);
}
