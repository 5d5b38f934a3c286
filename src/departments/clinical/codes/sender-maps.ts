import { limits, ok, type Result } from "#kernel";
import { type HealthRecord, tokenKey } from "#record";
import { anyKey } from "../clauses.ts";
import type { CodeMap, CodeMaps } from "./code-map.ts";
import { compiledMap, type SenderMap, senderMapIdentifier, senderOf } from "./sender-map.ts";

/** The maps of all senders as they were read last, for every message to be mapped by without asking the record. */
export class SenderMaps implements CodeMaps {
  #maps: ReadonlyMap<string, CodeMap> = new Map();

  of(sender: string): CodeMap | undefined {
    return this.#maps.get(sender);
  }

  /** Problems: those of the record; then what was known stays. */
  async refresh(record: Pick<HealthRecord, "search">): Promise<Result<undefined>> {
    const found = await record.search({
      kind: "ConceptMap",
      all: [anyKey(tokenKey("identifier", senderMapIdentifier.system, senderMapIdentifier.value))],
      sort: { by: "updated", descending: false },
      limit: limits.pageSizeMax,
    });
    if (!found.ok) return found;
    const bodies = found.value.versions.map(({ body }) => JSON.parse(body) as SenderMap);
    this.#maps = new Map(
      bodies.flatMap((body) => {
        const sender = senderOf(body);
        return sender === undefined ? [] : [[sender, compiledMap(body)] as const];
      }),
    );
    return ok(undefined);
  }
}
