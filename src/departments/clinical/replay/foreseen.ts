import type { JsonObject } from "#kernel";
import type { Difference, DifferenceExample } from "../api/replays.ts";
import { elementDifferences } from "./element-differences.ts";

/** What becomes of one message, by some rules, or as it was recorded. */
export interface Foreseen {
  /** `taken`, `routed`, `filtered`, or `held: unknown-code`: see `outcomeText`. */
  readonly outcome: string;
  readonly destinations: readonly string[];
  /** By `Observation/7c…`: the bodies that stand in the record afterwards, of all that is compared. */
  readonly resources: ReadonlyMap<string, JsonObject>;
}

export type FoundDifference = Omit<DifferenceExample, "message"> & { readonly difference: Difference };

/** What differs between two. Pure. */
export function differencesOf(before: Foreseen, after: Foreseen): readonly FoundDifference[] {
  return [
    ...(before.outcome === after.outcome ? [] : [outcomeDifference(before, after)]),
    ...destinationDifferences(before.destinations, after.destinations),
    ...[...after.resources].flatMap(([key, body]) => resourceDifferences(key, before.resources.get(key), body)),
    ...[...before.resources.keys()].filter((key) => !after.resources.has(key)).map((key) => resource(key, "not-made")),
  ];
}

function outcomeDifference({ outcome: before }: Foreseen, { outcome: after }: Foreseen): FoundDifference {
  return { difference: { is: "outcome", before, after }, before, after };
}

function destinationDifferences(before: readonly string[], after: readonly string[]): readonly FoundDifference[] {
  const added = after.filter((name) => !before.includes(name));
  const removed = before.filter((name) => !after.includes(name));
  return [
    ...added.map(
      (destination): FoundDifference => ({ difference: { is: "destination", destination, change: "added" } }),
    ),
    ...removed.map(
      (destination): FoundDifference => ({ difference: { is: "destination", destination, change: "removed" } }),
    ),
  ];
}

function resourceDifferences(
  key: string,
  before: JsonObject | undefined,
  after: JsonObject,
): readonly FoundDifference[] {
  if (before === undefined) return [resource(key, "created")];
  const kind = kindOf(key);
  return elementDifferences(before, after).map((found): FoundDifference => {
    const change = found.before === undefined ? "added" : found.after === undefined ? "removed" : "changed";
    return {
      difference: { is: "element", kind, element: withoutPlaces(found.where), change },
      resource: key,
      ...found,
    };
  });
}

function resource(key: string, change: "created" | "not-made"): FoundDifference {
  return { difference: { is: "resource", kind: kindOf(key), change }, resource: key };
}

function kindOf(key: string): string {
  return key.slice(0, key.indexOf("/"));
}

/** `code.coding[1].code` as `code.coding.code`. */
function withoutPlaces(where: string): string {
  return where.replace(/\[\d+\]/g, "");
}

/** `held: unknown-code`; what is mapped or stale is `taken`. */
export function outcomeText(state: string, reasons: readonly { readonly code: string }[]): string {
  if (state === "mapped" || state === "stale") return "taken";
  if (state !== "held" && state !== "rejected") return state;
  const codes = [...new Set(reasons.map(({ code }) => code))].sort();
  return codes.length === 0 ? state : `${state}: ${codes.join(", ")}`;
}
