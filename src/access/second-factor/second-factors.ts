import { z } from "zod";
import { ok, type Result } from "#kernel";
import { type HealthRecord, type KindDefinition, noEntries, type Update } from "#record";
import { bodyOf, checkBy, type Stored, storedBy } from "../identity/document-schema.ts";

const time = z.iso.datetime();

const passkeySchema = z.object({
  /** Of the credential, in base64url. */
  id: z.string(),
  publicKey: z.string(),
  counter: z.number().int().min(0),
  transports: z.array(z.string()).optional(),
  /** As its owner calls it. */
  name: z.string(),
  /** The name that Corridor was opened by: a passkey works there alone. */
  rpId: z.string(),
  created: time,
  lastUsed: time.optional(),
});

export type Passkey = Readonly<z.infer<typeof passkeySchema>>;

/** What a person has besides a password. Its id is the account's. No door serves it (see `policies/identities.ts`). */
const secondFactorsSchema = z.object({
  /** The secret is sealed by the key outside the database; `lastStep` is that of the last code taken. */
  totp: z.object({ sealed: z.string(), since: time, lastStep: z.number().int() }).optional(),
  passkeys: z.array(passkeySchema),
  recovery: z.object({ salt: z.string(), hashes: z.array(z.string()), made: time }).optional(),
  /** Challenges that a passkey has answered, until they are too old to be answered again. */
  usedChallenges: z.array(z.object({ hash: z.string(), untilMs: z.number() })),
  failedAttempts: z.number().int().min(0),
  lockedUntil: time.optional(),
});

export type SecondFactors = Readonly<z.infer<typeof secondFactorsSchema>>;
export type StoredSecondFactors = Stored<SecondFactors>;

export const secondFactorsKind: KindDefinition = {
  kind: "SecondFactors",
  check: checkBy("SecondFactors", secondFactorsSchema),
  index: (body) => ({
    ...noEntries,
    keys: secondFactorsSchema.parse(body).passkeys.map(({ id }) => `passkey=${id}`),
  }),
};

const none: SecondFactors = { passkeys: [], usedChallenges: [], failedAttempts: 0 };

/** Those of an account; version 0 and empty where it has none yet. */
export async function readSecondFactors(record: HealthRecord, userId: string): Promise<Result<StoredSecondFactors>> {
  const found = await record.readMany([{ kind: secondFactorsKind.kind, id: userId }]);
  if (!found.ok) return found;
  const [version] = found.value;
  if (version === undefined) return ok({ ...none, id: userId, version: 0 });
  return ok(storedBy(secondFactorsSchema, version));
}

/** Whose passkey this is; undefined where it is nobody's. */
export async function ownerOfPasskey(record: HealthRecord, id: string): Promise<Result<string | undefined>> {
  const found = await record.search({
    kind: secondFactorsKind.kind,
    all: [{ is: "key", any: [`passkey=${id}`] }],
    sort: { by: "updated", descending: true },
    limit: 1,
  });
  if (!found.ok) return found;
  return ok(found.value.versions[0]?.id);
}

export type FactorsChange = { readonly [Field in keyof SecondFactors]?: SecondFactors[Field] | undefined };

/** The change as an operation that fails when somebody else was faster. A field given as undefined is taken away. */
export function factorsWrite({ id, version, ...body }: StoredSecondFactors, change: FactorsChange): Update {
  return {
    action: "update",
    kind: secondFactorsKind.kind,
    id,
    ifMatch: version,
    body: bodyOf({ ...body, ...change }),
  };
}

/** Whether a password alone does not open the account. */
export function hasSecondFactor({ totp, passkeys }: SecondFactors): boolean {
  return totp !== undefined || passkeys.length > 0;
}
