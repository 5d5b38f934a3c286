import { failed, limits, notFound, ok, type Result, unsupported } from "#kernel";
import type { Coding } from "#standards/terminology";
import type { ClosureEntry, ClosureTable } from "../store.ts";
import { findSystem, type Terms } from "../terms.ts";
import { relationOf } from "./subsumes.ts";

export interface ClosureOrder {
  /** Of one client: the same name of another is another table. */
  readonly name: string;
  readonly codings: readonly Coding[];
  /** Asks again for what came after this version. */
  readonly version?: number;
}

interface ClosureElement {
  readonly code: string;
  readonly target: { readonly code: string; readonly equivalence: "subsumes" }[];
}

/** A ConceptMap of the relations that are new. */
export interface ClosureAnswer {
  readonly resourceType: "ConceptMap";
  readonly version: string;
  readonly name: string;
  readonly status: "active";
  readonly experimental: true;
  readonly group?: readonly {
    readonly source: string;
    readonly target: string;
    readonly element: readonly ClosureElement[];
  }[];
}

/**
 * Begins a closure table (no codes, no version), adds codes to it, or tells again what came after a version. Problems: not-found
 * `closure-unknown`; unsupported `too-costly` beyond `limits.closureConceptsMax`. Source: FHIR R4 §4.7.10, operation ConceptMap-closure.
 */
export async function closure(terms: Terms, { name, codings, version }: ClosureOrder): Promise<Result<ClosureAnswer>> {
  if (version !== undefined) {
    const table = await terms.closures.read(name);
    return table === undefined ? failed(unknownTable) : ok(await answer(terms, table, version));
  }
  if (codings.length === 0) {
    await terms.closures.reset(name);
    return ok(await answer(terms, { version: 0, entries: [] }, 0));
  }
  const before = await terms.closures.read(name);
  if (before === undefined) return failed(unknownTable);
  if (before.entries.length + codings.length > limits.closureConceptsMax) return failed(tooMany);
  const table = await terms.closures.add(name, codings);
  return table === undefined ? failed(unknownTable) : ok(await answer(terms, table, table.version - 1));
}

const unknownTable = notFound("closure-unknown", "There is no closure table of this name: begin it without codes.");
const tooMany = unsupported("too-costly", `A closure table holds at most ${limits.closureConceptsMax} codes.`);

async function answer(terms: Terms, table: ClosureTable, after: number): Promise<ClosureAnswer> {
  const systems = [...new Set(table.entries.map(({ system }) => system))];
  const group = [];
  for (const system of systems) {
    const entries = table.entries.filter((entry) => entry.system === system);
    const element = await relations(terms, { system, entries, after });
    if (element.length > 0) group.push({ source: system, target: system, element });
  }
  return {
    resourceType: "ConceptMap",
    version: String(table.version),
    name: "Closure table",
    status: "active",
    experimental: true,
    ...(group.length === 0 ? {} : { group }),
  };
}

interface SystemEntries {
  readonly system: string;
  readonly entries: readonly ClosureEntry[];
  readonly after: number;
}

/** Each code that is new against all others; what is below comes first, and subsumption is told from below to above. */
async function relations(terms: Terms, { system, entries, after }: SystemEntries): Promise<readonly ClosureElement[]> {
  const source = await findSystem(terms, { url: system });
  if (source === undefined) return [];
  const byCode = new Map<string, ClosureElement>();
  const add = (code: string, above: string) => {
    const element: ClosureElement = byCode.get(code) ?? { code, target: [] };
    byCode.set(code, element);
    element.target.push({ code: above, equivalence: "subsumes" });
  };
  for (const [index, a] of entries.entries()) {
    for (const b of entries.slice(0, index)) {
      if (a.version <= after && b.version <= after) continue;
      const relation = await relationOf(source, a.code, b.code);
      if (relation === "subsumed-by") add(a.code, b.code);
      else if (relation === "subsumes") add(b.code, a.code);
    }
  }
  return [...byCode.values()];
}
