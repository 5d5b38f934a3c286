import { z } from "zod";
import { type IndexEntries, type KindDefinition, noEntries } from "#record";
import { normaliseText } from "#standards/fhir";
import { type Actor, personActor } from "../actor.ts";
import { isRoleName } from "../roles/index.ts";
import { caringSchema } from "./caring.ts";
import { checkBy, type Stored } from "./document-schema.ts";
import { directorySchema, outsideSchema, sourcesOf } from "./role-sources.ts";

const time = z.iso.datetime();

/** An account of a person. No door serves it as it stands (see `policies/identities.ts`). */
export const userSchema = z.object({
  /** Lower case; changed by the hospital's directory alone. */
  username: z.string().min(1),
  display: z.string().min(1),
  /** From all sources together (see `withSources`). */
  roles: z.array(z.string()),
  givenRoles: z.array(z.string()).optional(),
  outside: outsideSchema.optional(),
  directory: directorySchema.optional(),
  /** Whether the hospital's directory may take over the account when it names its user name. */
  directoryMayTake: z.literal(true).optional(),
  /** Whose patients they care for. */
  caring: caringSchema.optional(),
  /** An account that is not active opens nothing; accounts are never deleted, because the audit names them. */
  active: z.boolean(),
  /** Argon2id, in the PHC form; absent until a first password is set. */
  passwordHash: z.string().optional(),
  failedAttempts: z.number().int().min(0),
  lockedUntil: time.optional(),
  /** Sessions that began before this are over. */
  sessionsFrom: time,
  /** The link to set a password without the old one: the hash of its secret. */
  oneTimeLink: z.object({ hash: z.string(), expires: time }).optional(),
});

export type User = Readonly<z.infer<typeof userSchema>>;
export type StoredUser = Stored<User>;

export const userKind: KindDefinition = {
  kind: "User",
  check: checkBy("User", userSchema),
  index: (body) => userEntries(userSchema.parse(body)),
};

function userEntries(user: User): IndexEntries {
  const { username, display } = user;
  const words = [username, display, ...display.split(/\s+/)];
  return {
    ...noEntries,
    keys: [
      `username=${username}`,
      `active=${user.active}`,
      ...user.roles.map((role) => `role=${role}`),
      ...sourceKeys(user),
    ],
    texts: [...new Map(words.map((word) => [normaliseText(word), word]))].map(([text, written]) => ({
      parameter: "name",
      text,
      written,
    })),
  };
}

function sourceKeys({ outside, directory }: User): readonly string[] {
  const groups = directory?.groups ?? [];
  const externalId = directory?.resource.externalId;
  return [
    ...(outside === undefined ? [] : [outsideKey(outside)]),
    ...sourcesOf({ outside, directory }).map((source) => `source=${source}`),
    ...groups.map((group) => `group=${group}`),
    ...(typeof externalId === "string" ? [`externalId=${externalId}`] : []),
  ];
}

/** An account of a provider is known by these two together, and by nothing else. Source: OpenID Connect Core §5.7. */
export function outsideKey({ issuer, subject }: { readonly issuer: string; readonly subject: string }): string {
  return `outside=${JSON.stringify([issuer, subject])}`;
}

/** User names are compared without case, and without the look-alikes that Unicode has for one letter. */
export function usernameOf(typed: string): string {
  return typed.trim().normalize("NFKC").toLowerCase();
}

export function userActor(user: StoredUser): Actor {
  return personActor({ reference: `User/${user.id}`, display: user.display, roles: user.roles.filter(isRoleName) });
}

/** Whether one of the roles may not be used without a second factor. */
export function needsSecondFactor({ roles }: User, secondFactorRoles: ReadonlySet<string>): boolean {
  return roles.some((role) => secondFactorRoles.has(role));
}
