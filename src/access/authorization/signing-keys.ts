import { generateKeyPairSync, hkdfSync, randomUUID } from "node:crypto";
import type { JWK } from "oidc-provider";
import { z } from "zod";
import { failed, type Instant, limits, ok, type Result, toIso, unavailable } from "#kernel";
import { type KindDefinition, noEntries } from "#record";
import { bodyOf, checkBy, type Stored, storedBy } from "../identity/document-schema.ts";
import { openText, sealText } from "../second-factor/sealed.ts";
import type { AuthorizationNeeds } from "./authorization-needs.ts";

const time = z.iso.datetime();

/** What id tokens are signed with, sealed by the key outside the database. The first signs; the others may be checked by. */
const signingKeysSchema = z.object({
  keys: z.array(z.object({ kid: z.string(), sealed: z.string(), begun: time, replaced: time.optional() })),
});

type SigningKeys = Readonly<z.infer<typeof signingKeysSchema>>;

export const signingKeysKind: KindDefinition = {
  kind: "SigningKeys",
  check: checkBy("SigningKeys", signingKeysSchema),
  index: () => noEntries,
};

const id = "current";
const purpose = "signing-key";
const modulusBits = 2_048;

/** The keys as they are to be published and signed with; new ones are made where there is none or the newest is old. */
export async function currentKeys(needs: AuthorizationNeeds): Promise<Result<readonly JWK[]>> {
  const kept = await readKeys(needs);
  if (!kept.ok) return kept;
  const isOld = ageOf(kept.value?.keys[0]?.begun, needs.clock.now()) >= limits.signingKeyMs;
  const keys = isOld ? await renewKeys(needs) : kept;
  if (!keys.ok) return keys;
  const found = opened(needs, keys.value?.keys ?? []);
  if (found.length > 0) return ok(found);
  // They were sealed by an identity key that is no longer there: what was signed with them cannot be checked any more.
  const renewed = await renewKeys(needs);
  if (!renewed.ok) return renewed;
  const made = opened(needs, renewed.value?.keys ?? []);
  return made.length > 0 ? ok(made) : failed(noKeys);
}

const noKeys = unavailable("no-signing-keys", "There are no keys to sign with; try again.");

function ageOf(begun: string | undefined, now: Instant): number {
  return begun === undefined ? Number.POSITIVE_INFINITY : now - Date.parse(begun);
}

async function readKeys({ record }: AuthorizationNeeds): Promise<Result<Stored<SigningKeys> | undefined>> {
  const read = await record.readMany([{ kind: signingKeysKind.kind, id }]);
  if (!read.ok) return failed(...read.problems);
  const [version] = read.value;
  return ok(version && storedBy(signingKeysSchema, version));
}

/** A new key in front. One that another process has just made counts for this one too. Problems: unavailable. */
export async function renewKeys(needs: AuthorizationNeeds): Promise<Result<Stored<SigningKeys> | undefined>> {
  const kept = await readKeys(needs);
  if (!kept.ok) return kept;
  const now = toIso(needs.clock.now());
  const old = (kept.value?.keys ?? [])
    .filter(({ replaced }) => ageOf(replaced ?? now, needs.clock.now()) < limits.signingKeyKeptMs)
    .map((key) => ({ ...key, replaced: key.replaced ?? now }));
  const body = bodyOf({ keys: [newKey(needs, now), ...old] });
  const ifMatch = kept.value?.version ?? 0;
  const written = await needs.record.transact({
    operations: [{ action: "update", kind: signingKeysKind.kind, id, ifMatch, body }],
  });
  if (!written.ok && written.problems[0].category !== "conflict") return written;
  return readKeys(needs);
}

function newKey({ sealKey: key }: AuthorizationNeeds, begun: string): SigningKeys["keys"][number] {
  const kid = randomUUID();
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: modulusBits });
  return { kid, sealed: sealText(JSON.stringify(privateKey.export({ format: "jwk" })), { key, purpose }), begun };
}

function opened({ sealKey: key }: AuthorizationNeeds, keys: SigningKeys["keys"]): readonly JWK[] {
  return keys.flatMap(({ kid, sealed }) => {
    const text = openText(sealed, { key, purpose });
    return text === undefined ? [] : [{ ...(JSON.parse(text) as JWK), kid, alg: "RS256", use: "sig" }];
  });
}

/** What the cookies of a request that is under way are signed with. */
export function cookieKey({ sealKey }: AuthorizationNeeds): string {
  return Buffer.from(hkdfSync("sha256", sealKey, "", "cookies of authorization requests", 32)).toString("base64url");
}
