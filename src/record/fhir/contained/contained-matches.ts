import { expectOk, type JsonObject } from "#kernel";
import type { Clause } from "../../documents/clause.ts";
import type { Version } from "../../documents/document.ts";
import { jsonText, parseJson } from "../../documents/json-text.ts";
import { satisfies } from "../../subscriptions/matching.ts";
import { indexEntriesOf } from "../kinds.ts";
import type { FoundVersion } from "../search-results/found-version.ts";
import { containedIn } from "./contained-keys.ts";

/** The resources of a type in a document of which all of these hold, each as though it were a document by itself. */
export function containedMatches(container: Version, type: string, all: readonly Clause[]): readonly FoundVersion[] {
  const body = expectOk(parseJson(container.body, Number.POSITIVE_INFINITY)) as JsonObject;
  return containedIn(body).flatMap((contained) => {
    if (contained.type !== type) return [];
    const id = typeof contained.body.id === "string" ? contained.body.id : "";
    const within = { kind: container.kind, id: container.id };
    const version: FoundVersion = { ...container, kind: type, id, within, body: jsonText(contained.body) };
    return satisfies({ version, entries: indexEntriesOf(type, contained.body) }, all) === true ? [version] : [];
  });
}
