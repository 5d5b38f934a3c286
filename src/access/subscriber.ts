import { auditEntry } from "#audit";
import { type Clock, limits, ok, type Result } from "#kernel";
import type { HealthRecord, Subscriber, Version, VersionKey } from "#record";
import { type Actor, may } from "./actor.ts";
import { apiTokenSchema, tokenActor } from "./identity/api-token.ts";
import { storedBy } from "./identity/document-schema.ts";
import { userActor, userSchema } from "./identity/user.ts";
import { patientsOfVersions } from "./narrow/patients.ts";
import { agentOf, versionText } from "./narrow/witness.ts";
import { isAddressAsked } from "./restricted-address/address-query.ts";
import { keepsAddresses, shownAddresses } from "./restricted-address/shown-addresses.ts";
import { serviceActor } from "./service-accounts/key-trust.ts";
import { serviceAccountSchema } from "./service-accounts/service-account.ts";
import { seenVersions } from "./visibility/judge.ts";
import { Visibility, type VisibilityRule } from "./visibility/visibility.ts";

export interface SubscriberNeeds {
  /** The whole record. */
  readonly record: HealthRecord;
  readonly clock: Clock;
  readonly rules: readonly VisibilityRule[];
  readonly narrowed: (actor: Actor) => HealthRecord;
}

interface Known {
  readonly subscriber: Subscriber | undefined;
  readonly untilMs: number;
}

/**
 * Finds whoever is told of changes while they are not there, by their reference, with the roles they have by now: at most
 * `limits.subscriberTrustMs` late. Undefined for an account that is closed, a token whose time is over, and whoever is neither.
 */
export function findSubscribers(needs: SubscriberNeeds): (owner: string) => Promise<Result<Subscriber | undefined>> {
  const known = new Map<string, Known>();
  return async (owner) => {
    const now = needs.clock.now();
    const before = known.get(owner);
    if (before !== undefined && before.untilMs > now) return ok(before.subscriber);
    const actor = await actorNow(needs, owner);
    if (!actor.ok) return actor;
    const subscriber = actor.value === undefined ? undefined : subscriberOf(actor.value, needs);
    if (known.size >= limits.subscriptionsMax) known.clear();
    known.set(owner, { subscriber, untilMs: now + limits.subscriberTrustMs });
    return ok(subscriber);
  };
}

async function actorNow({ record, clock }: SubscriberNeeds, owner: string): Promise<Result<Actor | undefined>> {
  const [kind = "", id = ""] = owner.split("/");
  if (!["User", "ApiToken", "ServiceAccount"].includes(kind)) return ok(undefined);
  const found = await record.readMany([{ kind, id }]);
  if (!found.ok) return found;
  const [version] = found.value;
  if (version === undefined) return ok(undefined);
  if (kind === "User") {
    const user = storedBy(userSchema, version);
    return ok(user.active ? { ...userActor(user), via: "worker" } : undefined);
  }
  if (kind === "ServiceAccount") {
    const account = storedBy(serviceAccountSchema, version);
    return ok(account.active ? { ...serviceActor(account, clock.now()), via: "worker" } : undefined);
  }
  const token = storedBy(apiTokenSchema, version);
  if (token.ended !== undefined) return ok(undefined);
  return ok(clock.now() < Date.parse(token.expires) ? { ...tokenActor(token, clock.now()), via: "worker" } : undefined);
}

function subscriberOf(actor: Actor, { record, clock, rules, narrowed }: SubscriberNeeds): Subscriber {
  const visibility = new Visibility({ rules, actor, record, clock });
  return {
    maySee: (kind) => may(actor, kind, "read") && may(actor, kind, "search"),
    sees: async (version) => {
      const seen = await seenVersions({ record, visibility }, [version], "read");
      return seen.ok ? ok(seen.value.length > 0) : seen;
    },
    isOpenly: (kind, all) => keepsAddresses(actor) || !isAddressAsked(kind, all),
    record: narrowed(actor),
    hand: async (keys, address) => {
      const found = await versionsFor(actor, record, keys);
      const seen = found.ok ? await seenVersions({ record, visibility }, found.value, "read") : found;
      const shown = seen.ok ? await shownAddresses({ actor, record }, seen.value) : seen;
      if (!shown.ok || shown.value.length === 0) return shown;
      const entry = auditEntry({
        at: clock.now(),
        act: "export",
        agent: agentOf(actor),
        outcome: 0,
        patients: patientsOfVersions(shown.value),
        entities: shown.value.map(versionText),
        query: address,
      });
      const noted = await record.transact({ operations: [], audit: [entry] });
      return noted.ok ? shown : noted;
    },
  };
}

async function versionsFor(
  actor: Actor,
  record: HealthRecord,
  keys: readonly VersionKey[],
): Promise<Result<readonly Version[]>> {
  const open = keys.filter(({ kind }) => may(actor, kind, "read"));
  const versions: Version[] = [];
  for (const read of await Promise.all(open.map(({ kind, id, version }) => record.readVersion(kind, id, version)))) {
    if (read.ok) versions.push(read.value);
    else if (read.problems[0].category !== "not-found") return read;
  }
  return ok(versions);
}
