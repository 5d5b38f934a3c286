import { failed, type Instant, incorrect, ok, type Problem, type Result, unsupported } from "#kernel";
import type { SearchQuery } from "#standards/fhir";
import type { Query } from "../../documents/query.ts";
import { readSearch, type SearchRequest } from "../search/search-request.ts";
import type { Scope, ScopedType } from "./scope.ts";

export interface ScopedAsked {
  readonly scope: Scope;
  readonly parameters: URLSearchParams;
  readonly base: string;
  readonly now: Instant;
  readonly isLenient: boolean;
}

/** A search of one type or several that can be run. */
export interface ScopedRequest {
  readonly scope: Scope;
  /** One for each type, with the same order, limit and place to go on from. */
  readonly queries: readonly Query[];
  /** How to answer; `type` and `criteria` are those of the first type. */
  readonly settings: SearchQuery;
  /** What was acted on. */
  readonly used: URLSearchParams;
  readonly ignored: readonly Problem[];
}

/**
 * Reads the same search for every type of the scope. Problems: those of `readSearch`, for any of the types; several types
 * in another order than that of the last change.
 */
export function readScoped(asked: ScopedAsked): Result<ScopedRequest> {
  const { scope } = asked;
  const ignored: Problem[] = [];
  let used = asked.parameters;
  for (;;) {
    const reads = scope.types.map(({ type }) =>
      readSearch({ ...asked, type, parameters: used, mayAskContained: true }),
    );
    const wrong = reads.find((read) => !read.ok);
    if (wrong?.ok === false) return wrong;
    const requests = reads.flatMap((read) => (read.ok ? [read.value] : []));
    const least = requests.find((request) => request.used.size < used.size);
    if (least === undefined) return finished(scope, requests, ignored);
    // What one type does not know is left out for all of them.
    ignored.push(...least.ignored);
    used = least.used;
  }
}

function finished(
  scope: Scope,
  requests: readonly SearchRequest[],
  ignored: readonly Problem[],
): Result<ScopedRequest> {
  const [first] = requests;
  if (first === undefined) return failed(incorrect("wrong-search-value", "There is no type to search."));
  const queries = requests.map(({ query }, index) => withinScope(query, scope.types[index]));
  if (queries.length > 1 && queries.some(({ sort }) => sort.by !== "updated")) return failed(onlyByChange);
  const { settings, used } = first;
  return ok({ scope, queries, settings, used, ignored });
}

const onlyByChange = unsupported("unsupported-search", "Several types are sorted by _lastUpdated alone.", {
  where: "_sort",
});

function withinScope(query: Query, scoped: ScopedType | undefined): Query {
  return scoped?.within === undefined ? query : { ...query, all: [...query.all, scoped.within] };
}
