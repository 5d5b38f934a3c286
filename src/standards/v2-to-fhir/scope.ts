import type { ReadyPlace } from "./compile.ts";
import type { DraftResource, Drafts } from "./draft.ts";
import { newResource } from "./draft.ts";

/** The resources that a message's rows call `Patient[1]`, `Observation[2]`, as far as the message has come. */
export interface Scope {
  readonly drafts: Drafts;
  readonly named: Map<string, Named>;
}

interface Named {
  readonly resource: DraftResource;
  /** The row that made it: when it is run again, it makes another. */
  readonly row: ReadyPlace;
  readonly groups: readonly string[];
}

/** One of each for a whole message or group, however many segments fill it. */
const shared = new Set(["CareTeam", "Bundle", "MessageHeader", "Appointment"]);

/** The resource that a row fills: the one of that name, or a new one. */
export function resourceFor(scope: Scope, row: ReadyPlace, groups: readonly string[]): DraftResource | undefined {
  const { name, type } = row;
  if (type === "") return undefined;
  const known = scope.named.get(name);
  if (known !== undefined && (known.row !== row || shared.has(type))) return known.resource;
  const resource = newResource(scope.drafts, type);
  scope.named.set(name, { resource, row, groups });
  return resource;
}

/** What the group made belongs to its earlier repetition. */
export function restart(scope: Scope, group: string): void {
  for (const [name, { groups }] of scope.named) if (groups.includes(group)) scope.named.delete(name);
}

/** The resource of that name, else the newest of its type: of those that a segment is mapped to, before those made within one. */
export function namedResource(scope: Scope, name: string): DraftResource | undefined {
  const exact = scope.named.get(name)?.resource;
  if (exact !== undefined) return exact;
  const at = name.indexOf("[");
  const type = at === -1 ? name : name.slice(0, at);
  const { made } = scope.drafts;
  let within: DraftResource | undefined;
  for (let index = made.length - 1; index >= 0; index -= 1) {
    const draft = made[index];
    if (draft?.type !== type) continue;
    if (draft.segments.size > 0) return draft;
    within ??= draft;
  }
  return within;
}
