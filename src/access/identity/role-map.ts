import type { RoleName } from "../roles/index.ts";

/** Which roles a group of the hospital's directory stands for, by its name in lower case. */
export type RoleMap = ReadonlyMap<string, readonly RoleName[]>;

/** What the names of groups give together, each role once. A name that is in no map gives nothing. */
export function mappedRoles(map: RoleMap, names: readonly string[]): RoleName[] {
  return [...new Set(names.flatMap((name) => map.get(name.trim().toLowerCase()) ?? []))];
}
