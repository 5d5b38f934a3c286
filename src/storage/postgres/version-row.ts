import { instant } from "#kernel";
import type { Action, Version } from "#record";
import type { KindNumbers } from "./kinds.ts";

/** A row of the table `version`, as the driver returns it. */
export interface StoredVersion {
  readonly position: number;
  readonly kind: number;
  readonly id: string;
  readonly version: number;
  readonly at_ms: number;
  readonly action: string;
  readonly body: string;
}

/** A gravestone: whatever the version was, nothing of it is there any more. */
const erased = "e";

const actions: Readonly<Record<string, Action>> = { c: "create", u: "update", d: "delete", [erased]: "delete" };

export function actionLetter(action: Action): string {
  return action.charAt(0);
}

export function toVersion(row: StoredVersion, kinds: KindNumbers): Version {
  return {
    kind: kinds.nameOf(row.kind),
    id: row.id,
    version: row.version,
    position: row.position,
    at: instant(row.at_ms),
    action: actions[row.action] ?? "update",
    body: row.body,
    ...(row.action === erased ? { isErased: true as const } : {}),
  };
}
