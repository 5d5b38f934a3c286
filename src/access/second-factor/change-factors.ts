import { conflict, failed, notFound, ok, type Result, toIso } from "#kernel";
import { whereaboutsIn } from "../account/request-whereabouts.ts";
import { identityEntry } from "../identity/accounts.ts";
import type { IdentityNeeds } from "../identity/identity-needs.ts";
import type { Owner } from "../identity/own-session.ts";
import { needsSecondFactor } from "../identity/user.ts";
import { type AccountNotice, noticeOf } from "../notices/account-notice.ts";
import { newRecoveryCodes } from "./recovery-codes.ts";
import {
  type FactorsChange,
  factorsWrite,
  hasSecondFactor,
  readSecondFactors,
  type StoredSecondFactors,
} from "./second-factors.ts";

/** Problems: not-found; conflict `last-second-factor`, where the owner's roles need one; conflict, unavailable. */
export async function removeTotp(needs: IdentityNeeds, owner: Owner): Promise<Result<undefined>> {
  return remove(needs, owner, {
    what: "authenticator app removed",
    notice: "app-removed",
    changeOf: ({ totp }) => (totp === undefined ? undefined : { totp: undefined }),
  });
}

/** Problems: as `removeTotp`. */
export async function removePasskey(needs: IdentityNeeds, owner: Owner, id: string): Promise<Result<undefined>> {
  return remove(needs, owner, {
    what: "passkey removed",
    notice: "passkey-removed",
    changeOf: ({ passkeys }) => {
      const left = passkeys.filter((passkey) => passkey.id !== id);
      return left.length === passkeys.length ? undefined : { passkeys: left };
    },
  });
}

interface Removal {
  readonly what: string;
  readonly notice: AccountNotice["what"];
  /** Undefined where there is nothing to remove. */
  changeOf(factors: StoredSecondFactors): FactorsChange | undefined;
}

async function remove(
  needs: IdentityNeeds,
  owner: Owner,
  { what, notice, changeOf }: Removal,
): Promise<Result<undefined>> {
  const { user } = owner;
  const factors = await readSecondFactors(needs.record, user.id);
  if (!factors.ok) return factors;
  const change = changeOf(factors.value);
  if (change === undefined) return failed(notFound("not-found", "That is not there any more."));
  const isLast = !hasSecondFactor({ ...factors.value, ...change } as StoredSecondFactors);
  if (isLast && needsSecondFactor(user, needs.secondFactorRoles)) return failed(lastFactor);
  // Codes for the day when the second factor is lost are of no use without one.
  const all = { ...change, ...(isLast ? { recovery: undefined } : {}) };
  return write(needs, owner, { what, notice, operation: factorsWrite(factors.value, all) });
}

const lastFactor = conflict(
  "last-second-factor",
  "Your roles need a second factor. Set up another one before you remove this one.",
);

/** New codes in the place of the old ones, to be shown once. Problems: conflict `no-second-factor`; conflict, unavailable. */
export async function renewRecoveryCodes(needs: IdentityNeeds, owner: Owner): Promise<Result<readonly string[]>> {
  const factors = await readSecondFactors(needs.record, owner.user.id);
  if (!factors.ok) return factors;
  if (!hasSecondFactor(factors.value)) return failed(noFactor);
  const { codes, kept } = newRecoveryCodes();
  const recovery = { salt: kept.salt, hashes: [...kept.hashes], made: toIso(needs.clock.now()) };
  const operation = factorsWrite(factors.value, { recovery });
  const told = { what: "recovery codes renewed", notice: "recovery-codes-renewed" } as const;
  const written = await write(needs, owner, { ...told, operation });
  return written.ok ? ok(codes) : written;
}

const noFactor = conflict("no-second-factor", "Recovery codes stand in for a second factor. Set one up first.");

interface Written {
  readonly what: string;
  readonly notice: AccountNotice["what"];
  readonly operation: ReturnType<typeof factorsWrite>;
}

async function write(
  needs: IdentityNeeds,
  owner: Owner,
  { what, notice, operation }: Written,
): Promise<Result<undefined>> {
  const entities = [`User/${owner.user.id}`];
  const written = await needs.record.transact({
    operations: [
      operation,
      noticeOf(needs, { userId: owner.user.id, what: notice, where: whereaboutsIn(owner.request) }),
    ],
    audit: [identityEntry(needs, { act: "factor-change", actor: owner.actor, entities, query: what })],
  });
  return written.ok ? ok(undefined) : written;
}
