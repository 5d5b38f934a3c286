import type { JsonObject } from "#kernel";
import { toIso } from "#kernel";
import type { Version } from "#record";
import { storedBy } from "../identity/document-schema.ts";
import type { DirectoryEntry } from "../identity/role-sources.ts";
import { type StoredUser, userSchema } from "../identity/user.ts";

/** An account that the directory sees. */
export interface DirectoryUser {
  readonly user: StoredUser;
  readonly entry: DirectoryEntry;
  readonly changed: string;
}

/** Undefined for an account that the directory did not make, or has taken away: it does not see it. */
export function directoryUser(version: Version): DirectoryUser | undefined {
  const user = storedBy(userSchema, version);
  const { directory: entry } = user;
  if (entry === undefined || entry.removed !== undefined) return undefined;
  return { user, entry, changed: toIso(version.at) };
}

/** The resource as the directory gave it, with what Corridor knows better. */
export function resourceOf({ user, entry }: DirectoryUser): JsonObject {
  return { ...entry.resource, active: user.active };
}

/** The name that colleagues read. */
export function displayIn(resource: JsonObject): string {
  const { displayName, name, userName } = resource;
  const { formatted, givenName, familyName } = (name ?? {}) as JsonObject;
  const parts = [givenName, familyName].filter((part) => typeof part === "string").join(" ");
  const [first = "?"] = [displayName, formatted, parts, userName]
    .map((each) => String(each ?? "").trim())
    .filter(Boolean);
  return first.slice(0, 200);
}

/** Names of roles that the directory gives by themselves. */
export function roleValuesIn({ roles }: JsonObject): readonly string[] {
  if (!Array.isArray(roles)) return [];
  return roles.map((each: JsonObject) => String(each.value ?? ""));
}
