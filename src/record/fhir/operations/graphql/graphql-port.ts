import { expectOk, type Instant, type JsonObject, ok, type Result } from "#kernel";
import type { GraphqlPort, SearchPage } from "#standards/fhir-graphql";
import { type Key, keyText, type Version } from "../../../documents/document.ts";
import { parseJson } from "../../../documents/json-text.ts";
import type { HealthRecord } from "../../../health-record.ts";
import { cursorText } from "../../search/cursor.ts";
import { find } from "../../search-results/found.ts";
import { ownKeys } from "../../search-results/references.ts";
import { typeScope } from "../../search-results/scope.ts";
import { readScoped } from "../../search-results/scoped-request.ts";

export interface GraphqlPortNeeds {
  /** As the caller may see it. */
  readonly record: HealthRecord;
  readonly base: string;
  readonly now: Instant;
}

/** The record as GraphQL asks for it; what is asked for at once is read at once. */
export function graphqlPort(needs: GraphqlPortNeeds): GraphqlPort {
  const read = gatheredReads(needs.record);
  return {
    read: (kind, id) => read({ kind, id }),
    search: (type, params) => searchFor(type, params, needs),
    resolve: async (reference) => {
      const [key] = ownKeys([reference], needs.base);
      return key === undefined ? undefined : read(key);
    },
  };
}

type Read = (key: Key) => Promise<JsonObject | undefined>;

/** One round trip for everything that is asked for before the reading begins. */
function gatheredReads(record: HealthRecord): Read {
  let waiting: Map<string, Key> | undefined;
  let reading: Promise<ReadonlyMap<string, Version>>;
  return async (key) => {
    if (waiting === undefined) {
      const keys = new Map<string, Key>();
      waiting = keys;
      reading = Promise.resolve().then(() => {
        waiting = undefined;
        return readAll(record, [...keys.values()]);
      });
    }
    waiting.set(keyText(key), key);
    const version = (await reading).get(keyText(key));
    return version && bodyOf(version);
  };
}

async function readAll(record: HealthRecord, keys: readonly Key[]): Promise<ReadonlyMap<string, Version>> {
  const read = await record.readMany(keys);
  return new Map((read.ok ? read.value : []).map((version) => [keyText(version), version]));
}

async function searchFor(
  type: string,
  params: readonly (readonly [string, string])[],
  { record, base, now }: GraphqlPortNeeds,
): Promise<Result<SearchPage>> {
  const parameters = new URLSearchParams(params.map(([name, value]) => [name, value] as [string, string]));
  const request = readScoped({ scope: typeScope(type), parameters, base, now, isLenient: false });
  if (!request.ok) return request;
  const found = await find(request.value, record, base);
  if (!found.ok) return found;
  const { matches, total } = found.value;
  const { next, previous } = matches;
  const { used } = request.value;
  const cursors = {
    ...(next === undefined ? {} : { next: cursorText(next, used) }),
    ...(previous === undefined ? {} : { previous: cursorText(previous, used) }),
  };
  return ok({ resources: matches.versions.map(bodyOf), total, cursors });
}

/** The resource, its numbers as they were written. */
export function bodyOf({ body }: Version): JsonObject {
  return expectOk(parseJson(body, Number.POSITIVE_INFINITY)) as JsonObject;
}
