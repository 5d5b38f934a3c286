import { z } from "zod";

const time = z.iso.datetime();

/** By which account of the hospital's own provider a person signs in here. Never matched by an address of mail. */
export const outsideSchema = z.object({
  issuer: z.string(),
  subject: z.string(),
  /** What the claims of the last sign-in gave. */
  roles: z.array(z.string()),
  since: time,
});

/** What the hospital's directory says of a person, by SCIM. */
export const directorySchema = z.object({
  /** The resource as the directory gave it, as far as the schemas know it. */
  resource: z.record(z.string(), z.json()),
  /** Ids of the groups they are in. */
  groups: z.array(z.string()),
  /** What the groups, and the roles in the resource, give. */
  roles: z.array(z.string()),
  since: time,
  /** When the directory took them away: it no longer sees the account, whose history stays. */
  removed: time.optional(),
});

export type OutsideAccount = Readonly<z.infer<typeof outsideSchema>>;
export type DirectoryEntry = Readonly<z.infer<typeof directorySchema>>;

/** Where accounts come from: `hand`, where neither of the others has a part; `past-directory`, where it took its part away. */
export const userSources = ["hand", "directory", "past-directory", "outside"] as const;

export type UserSource = (typeof userSources)[number];

/** One, or two: an account of the directory may be opened through the hospital's provider as well. */
export function sourcesOf({ outside, directory }: Pick<RoleSources, "outside" | "directory">): readonly UserSource[] {
  const all: readonly UserSource[] = [
    ...(outside === undefined ? [] : ["outside" as const]),
    ...(directory === undefined ? [] : ([directory.removed === undefined ? "directory" : "past-directory"] as const)),
  ];
  return all.length === 0 ? ["hand"] : all;
}

/** Who gave an account its roles. */
export interface RoleSources {
  /** Together. */
  readonly roles: readonly string[];
  /** By hand, by an administrator; absent: all of `roles`. */
  readonly givenRoles?: readonly string[] | undefined;
  readonly outside?: OutsideAccount | undefined;
  readonly directory?: DirectoryEntry | undefined;
}

export function givenRolesOf({ roles, givenRoles }: RoleSources): readonly string[] {
  return givenRoles ?? roles;
}

/** All roles of an account once one of their sources has changed; a field given as undefined is taken away. */
export function withSources(before: RoleSources, change: Partial<Omit<RoleSources, "roles">>) {
  const given = givenRolesOf("givenRoles" in change ? { ...before, ...change } : before);
  const { outside, directory } = { ...before, ...change };
  const all = [...given, ...(outside?.roles ?? []), ...(directory?.roles ?? [])];
  return { ...change, givenRoles: [...given], roles: [...new Set(all)] };
}
