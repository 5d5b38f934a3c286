import { limits, ok, type Result } from "#kernel";
import { type HealthRecord, tokenKey } from "#record";
import { anyKey } from "../clauses.ts";
import type { CodeTable } from "../configuration/data-files.ts";
import type { CodeMap, CodeMaps } from "./code-map.ts";
import { compiledMap, type SenderMap, senderMapIdentifier, senderOf } from "./sender-map.ts";
import { type TableMap, tableMaps } from "./table-maps.ts";
import type { UnknownCode } from "./unknown-code.ts";

/**
 * The maps of all senders as they were read last, for every message to be mapped by without asking the record. What a table of
 * the set-up says of a code goes before what people have approved.
 */
export class SenderMaps implements CodeMaps {
  #maps: ReadonlyMap<string, CodeMap> = new Map();
  #tables: ReadonlyMap<string, TableMap> = new Map();

  of(sender: string): CodeMap | undefined {
    return oneBefore(this.#tables.get(sender), this.#maps.get(sender));
  }

  /** The tables of the configuration that runs. */
  applyTables(tables: readonly CodeTable[]): void {
    this.#tables = tableMaps(tables);
  }

  /** What has been approved, behind the tables of a configuration that does not run. */
  withTables(tables: readonly CodeTable[]): CodeMaps {
    const maps = tableMaps(tables);
    return { of: (sender) => oneBefore(maps.get(sender), this.#maps.get(sender)) };
  }

  get hasTables(): boolean {
    return this.#tables.size > 0;
  }

  /** The table of the set-up that says what a code means: `lab`. */
  tableFor({ sender, system, code }: Pick<UnknownCode, "sender" | "system" | "code">): string | undefined {
    return this.#tables.get(sender)?.tableFor(system, code);
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

function oneBefore(first: CodeMap | undefined, second: CodeMap | undefined): CodeMap | undefined {
  if (first === undefined || second === undefined) return first ?? second;
  return { codeFor: (system, code) => first.codeFor(system, code) ?? second.codeFor(system, code) };
}
