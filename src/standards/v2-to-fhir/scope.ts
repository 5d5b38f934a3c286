import type { Draft, DraftResource, Drafts } from "./draft.ts";
import { newResource } from "./draft.ts";
import type { StructureRow } from "./tables.ts";

/** The resources that a message's rows call `Patient[1]`, `Observation[2]`, as far as the message has come. */
export interface Scope {
  readonly drafts: Drafts;
  readonly named: Map<string, Named>;
}

interface Named {
  readonly resource: DraftResource;
  /** The row that made it: when it is run again, it makes another. */
  readonly row: string;
  readonly groups: readonly string[];
}

/** One of each for a whole message or group, however many segments fill it. */
const shared = new Set(["CareTeam", "Bundle", "MessageHeader", "Appointment"]);

/** The resource that a row fills: the one of that name, or a new one. */
export function resourceFor(scope: Scope, row: StructureRow, groups: readonly string[]): Draft | undefined {
  const [, name = "", type = ""] = /^(([A-Z][A-Za-z]+)(?:\[[^\]]*\])?)/.exec(targetName(row.to)) ?? [];
  if (type === "") return undefined;
  const known = scope.named.get(name);
  if (known !== undefined && (known.row !== row.id || shared.has(type))) return known.resource;
  const resource = newResource(scope.drafts, type);
  scope.named.set(name, { resource, row: row.id, groups });
  return resource;
}

/** `Provenance[1].entity.what(Device)` makes a Device, `Observation[2].note` fills the Observation. */
function targetName(to: string): string {
  return /\(([A-Z][A-Za-z]+)\)$/.exec(to)?.[1] ?? to;
}

/** What the group made belongs to its earlier repetition. */
export function restart(scope: Scope, group: string): void {
  for (const [name, { groups }] of scope.named) if (groups.includes(group)) scope.named.delete(name);
}

/** The resource of that name, else the newest of its type. */
export function namedResource(scope: Scope, name: string): DraftResource | undefined {
  const exact = scope.named.get(name)?.resource;
  if (exact !== undefined) return exact;
  const [type = ""] = /^[A-Z][A-Za-z]+/.exec(name) ?? [];
  return scope.drafts.made.findLast((made) => made.type === type);
}
