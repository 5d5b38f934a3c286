import { limits, ok, type Result } from "#kernel";
import { type HealthRecord, tokenKey } from "#record";
import { anyKey } from "../clauses.ts";
import type { CodeTable } from "../configuration/data-files.ts";
import type { CodeMap, CodeMaps } from "./code-map.ts";
import { compiledMap, type SenderMap, senderMapIdentifier, senderOf } from "./sender-map.ts";
import { type TableMaps, tableMaps } from "./table-maps.ts";
import type { UnknownCode } from "./unknown-code.ts";

/**
 * The maps of all senders as they were read last, for every message to be mapped by without asking the record. What a table of
 * the set-up says of a sender's code goes before what people have approved of it, and that before a table for every sender.
 */
export class SenderMaps implements CodeMaps {
  #maps: ReadonlyMap<string, CodeMap> = new Map();
  #tables: TableMaps = tableMaps([]);

  of(sender: string): CodeMap | undefined {
    return this.#by(this.#tables, sender);
  }

  /** The tables of the configuration that runs. */
  applyTables(tables: readonly CodeTable[]): void {
    this.#tables = tableMaps(tables);
  }

  /** What has been approved, with the tables of a configuration that does not run. */
  withTables(tables: readonly CodeTable[]): CodeMaps {
    const maps = tableMaps(tables);
    return { of: (sender) => this.#by(maps, sender) };
  }

  get hasTables(): boolean {
    return !this.#tables.isEmpty;
  }

  /** The table of the set-up that says what a code means: `lab`. */
  tableFor({ sender, system, code }: Pick<UnknownCode, "sender" | "system" | "code">): string | undefined {
    const own = this.#tables.own(sender)?.tableFor(system, code);
    return own ?? this.#tables.shared(sender)?.tableFor(system, code);
  }

  #by(tables: TableMaps, sender: string): CodeMap | undefined {
    return inOrder([tables.own(sender), this.#maps.get(sender), tables.shared(sender)]);
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

/** What the first says that says anything. */
function inOrder(all: readonly (CodeMap | undefined)[]): CodeMap | undefined {
  const maps = all.filter((map) => map !== undefined);
  const [first, ...others] = maps;
  if (first === undefined || others.length === 0) return first;
  return {
    codeFor: (system, code) => {
      for (const map of maps) {
        const meaning = map.codeFor(system, code);
        if (meaning !== undefined) return meaning;
      }
      return undefined;
    },
  };
}
