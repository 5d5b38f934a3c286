import { z } from "zod";
import type { Instant } from "#kernel";
import { type KindDefinition, noEntries } from "#record";
import type { Actor } from "../actor.ts";
import type { PurposeOfUse } from "../roles/index.ts";
import { readScopes } from "../scope.ts";
import { checkBy, type Stored } from "./document-schema.ts";

const time = z.iso.datetime();

/** What a script may be for. Source: HL7 v3 PurposeOfUse. */
export const tokenPurposes = ["HOPERAT", "HRESCH", "PERFMSR"] as const satisfies readonly PurposeOfUse[];

export type TokenPurpose = (typeof tokenPurposes)[number];

/** A token for a script, or a key of a service account. Its id is the hash of what stands after `Bearer`. */
export const apiTokenSchema = z.object({
  /** What it is for, as whoever issued it said. */
  name: z.string().min(1),
  scope: z.string(),
  /** Left out: running the hospital. */
  purpose: z.enum(tokenPurposes).optional(),
  issuedBy: z.string(),
  issued: time,
  expires: time,
  /** Whose key it is; absent for a token by itself. What it may do is then what the account may. */
  serviceAccountId: z.string().optional(),
  /** Written each `limits.serviceKeyTouchMs` at most. */
  lastUsed: time.optional(),
  /** When it was ended before its time. */
  ended: time.optional(),
});

export type ApiToken = Readonly<z.infer<typeof apiTokenSchema>>;
export type StoredApiToken = Stored<ApiToken>;

export const apiTokenKind: KindDefinition = {
  kind: "ApiToken",
  check: checkBy("ApiToken", apiTokenSchema),
  index: (body) => {
    const { serviceAccountId } = apiTokenSchema.parse(body);
    return { ...noEntries, keys: [serviceAccountId === undefined ? "loose=true" : `service=${serviceAccountId}`] };
  },
};

/** The script as an actor. A scope that is no longer understood gives nothing. */
export function tokenActor(token: StoredApiToken, now: Instant): Actor {
  const granted = readScopes(token.scope, now);
  return {
    reference: `ApiToken/${token.id}`,
    display: `Token ${token.name}`,
    roles: [],
    ...(granted.ok ? granted.value : { permissions: new Set<string>() }),
    purpose: token.purpose ?? "HOPERAT",
    via: "token",
  };
}
