import tables from "./generated/value-sets.json" with { type: "json" };
import type { TerminologyCheck } from "./terminology-check.ts";

type SystemCodes = ReadonlyMap<string, ReadonlySet<string>>;

const rows = new Map(Object.entries(tables.valueSets as Readonly<Record<string, Record<string, readonly string[]>>>));
const read = new Map<string, SystemCodes>();

/**
 * The value sets that R4's own required bindings name, and no others: what a validator knows without a terminology service.
 * It knows no code system as a whole. Source: FHIR R4 (4.0.1) ValueSets.
 */
export const coreTerminology: TerminologyCheck = {
  isMember(valueSetUrl, { system, code }) {
    const codes = codesOf(valueSetUrl);
    if (codes === undefined) return undefined;
    if (system !== undefined) return codes.get(system)?.has(code) === true;
    return [...codes.values()].some((each) => each.has(code));
  },
  knowsSystem: () => false,
  isCode: () => undefined,
};

function codesOf(url: string): SystemCodes | undefined {
  const known = read.get(url);
  if (known !== undefined) return known;
  const row = rows.get(url);
  if (row === undefined) return undefined;
  const codes = new Map(Object.entries(row).map(([system, list]) => [system, new Set(list)]));
  read.set(url, codes);
  return codes;
}

/** Asks the first, and what it cannot say the second. */
export function eitherTerminology(first: TerminologyCheck, second: TerminologyCheck): TerminologyCheck {
  return {
    isMember: (url, coding) => first.isMember(url, coding) ?? second.isMember(url, coding),
    displayOf: (system, code) => first.displayOf?.(system, code) ?? second.displayOf?.(system, code),
    knowsSystem: (system) => first.knowsSystem(system) || second.knowsSystem(system),
    isCode: (system, code) => first.isCode(system, code) ?? second.isCode(system, code),
  };
}
