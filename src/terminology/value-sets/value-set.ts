import type { Designation, ValueSetDefinition } from "#standards/terminology";
import { and, type CodeSet, minus, or } from "../systems/code-set.ts";

/** How a value set wants a code to be shown. */
export interface Listed {
  readonly display?: string;
  readonly designations: readonly Designation[];
}

/** What a value set takes from one code system. */
export interface SystemPart {
  readonly system: string;
  /** Only where the value set names one. */
  readonly version?: string;
  readonly set: CodeSet;
  readonly listed: ReadonlyMap<string, Listed>;
}

/** A value set as what it takes from each code system, value sets it is made of included. */
export interface CompiledValueSet {
  readonly url?: string;
  readonly version?: string;
  readonly name?: string;
  readonly title?: string;
  readonly id?: string;
  readonly status?: string;
  readonly isInactiveIncluded: boolean;
  /** As it was written. */
  readonly compose?: ValueSetDefinition["compose"];
  /** In the order in which the definition first names the systems. */
  readonly parts: readonly SystemPart[];
}

/** All that is in any of them. */
export function union(a: readonly SystemPart[], b: readonly SystemPart[]): readonly SystemPart[] {
  const parts = [...a];
  for (const part of b) {
    const at = parts.findIndex((other) => other.system === part.system && other.version === part.version);
    const same = parts[at];
    if (same === undefined) parts.push(part);
    else parts[at] = { ...same, set: or(same.set, part.set), listed: new Map([...part.listed, ...same.listed]) };
  }
  return parts;
}

/** What is in both. */
export function intersection(a: readonly SystemPart[], b: readonly SystemPart[]): readonly SystemPart[] {
  return a.flatMap((part) =>
    b
      .filter((other) => isSameSystem(part, other))
      .map((other) => {
        const version = part.version ?? other.version;
        return {
          system: part.system,
          ...(version === undefined ? {} : { version }),
          set: and(part.set, other.set),
          listed: new Map([...other.listed, ...part.listed]),
        };
      }),
  );
}

/** What is in the first and not in the second. */
export function difference(a: readonly SystemPart[], b: readonly SystemPart[]): readonly SystemPart[] {
  return a.map((part) => {
    const without = b.filter((other) => isSameSystem(part, other));
    return { ...part, set: without.reduce((set, other) => minus(set, other.set), part.set) };
  });
}

/** A part that names no version is of any. */
function isSameSystem(a: SystemPart, b: SystemPart): boolean {
  return a.system === b.system && (a.version === undefined || b.version === undefined || a.version === b.version);
}
