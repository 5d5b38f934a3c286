import { plainName } from "#standards/v2-to-fhir";
import { isOwnDecision } from "../../messages/join/overrule.ts";
import { usualRows } from "../../rows/sender-rows.ts";

/** Where a table of the guide is used: the field that is translated by it, and the element that its meaning goes into. */
export interface TableUse {
  /** `PID-8`. */
  readonly from: string;
  /** `Patient.gender`. */
  readonly element: string;
  /** Layers may change it. */
  readonly isOpen: boolean;
  /** The only codes that the element may have. */
  readonly codes: readonly string[] | undefined;
}

let byTable: ReadonlyMap<string, readonly TableUse[]> | undefined;

/** Fields of segments alone: what tables do inside of data types, no layer changes. */
export function usesOfTable(name: string): readonly TableUse[] {
  byTable ??= allUses();
  return byTable.get(plainName(name)) ?? [];
}

interface Named {
  readonly table: string;
  readonly use: TableUse;
}

function allUses(): ReadonlyMap<string, readonly TableUse[]> {
  const uses = [...usualRows().segments.values()].flatMap(({ made, rows }) =>
    rows.flatMap(({ codes, from, element, target: { way, last } }): readonly Named[] => {
      if (codes === undefined || last === undefined) return [];
      const isOpen = !isOwnDecision((way[0] ?? last).key);
      return [
        { table: plainName(codes.name), use: { from, element: `${made}.${element}`, isOpen, codes: last.codes } },
      ];
    }),
  );
  const named = Map.groupBy(uses, ({ table }) => table);
  return new Map([...named].map(([name, found]) => [name, found.map(({ use }) => use)]));
}
