import { failed, limits, ok, type Result } from "#kernel";
import type { Version } from "#record";
import type { Actor } from "../actor.ts";
import { storedBy } from "../identity/document-schema.ts";
import type { IdentityNeeds } from "../identity/identity-needs.ts";
import { isTwoFactor, type Session, sessionKind, sessionSchema } from "../identity/session.ts";
import type { Trust } from "../identity/trusted.ts";
import { needsSecondFactor, type StoredUser, userActor, userKind, userSchema } from "../identity/user.ts";
import { grantsOfScopes, type ScopesTold } from "../scopes/scope-grants.ts";
import { applicationKind, applicationSchema, type StoredApplication } from "./application.ts";
import { givenAccessKind, givenAccessSchema, type StoredGivenAccess } from "./given-access.ts";
import { isOpen } from "./grant-adapter.ts";
import { issuedItemSchema, type StoredIssuedItem } from "./issued-item.ts";
import { resourceScopes } from "./scope-request.ts";
import { applicationActor } from "./token-notes.ts";

/** Whom a token of an application lets in, and for how long; undefined where it lets nobody in any more. */
export async function applicationTrust(needs: IdentityNeeds, version: Version): Promise<Result<Trust | undefined>> {
  const item = storedBy(issuedItemSchema, version);
  const endMs = Date.parse(item.expires);
  const now = needs.clock.now();
  if (now >= endMs || item.applicationId === undefined) return ok(undefined);
  const actor = await actorOf(needs, item);
  if (!actor.ok || actor.value === undefined) return actor.ok ? ok(undefined) : actor;
  const untilMs = Math.min(endMs, now + limits.sessionTrustMs);
  return ok({ actor: actor.value, userId: item.applicationId, untilMs });
}

async function actorOf(needs: IdentityNeeds, item: StoredIssuedItem): Promise<Result<Actor | undefined>> {
  const { applicationId = "", givenAccessId } = item;
  const read = await needs.record.readMany([
    { kind: applicationKind.kind, id: applicationId },
    ...(givenAccessId === undefined ? [] : [{ kind: givenAccessKind.kind, id: givenAccessId }]),
  ]);
  if (!read.ok) return read;
  const registered = read.value.find(({ kind }) => kind === applicationKind.kind);
  const application = registered && storedBy(applicationSchema, registered);
  if (application === undefined || !countsStill(application, item)) return ok(undefined);
  if (item.model === "ClientCredentials") return ok(serviceActor(needs, { application, item }));
  const letIn = read.value.find(({ kind }) => kind === givenAccessKind.kind);
  const given = letIn && storedBy(givenAccessSchema, letIn);
  if (item.model !== "AccessToken" || given === undefined || !isOpen(given, needs)) return ok(undefined);
  return personsActor(needs, { application, item, given });
}

/** What was suspended or revoked since is over, also when the application is approved again. */
function countsStill({ state, tokensFrom }: StoredApplication, { payload }: StoredIssuedItem): boolean {
  return state === "approved" && Number(payload.iat) * 1_000 >= Math.floor(Date.parse(tokensFrom) / 1_000) * 1_000;
}

interface Held {
  readonly application: StoredApplication;
  readonly item: StoredIssuedItem;
}

function serviceActor(needs: IdentityNeeds, { application, item }: Held): Actor {
  return { ...applicationActor(application), ...granted(needs, item, {}) };
}

interface HeldForPerson extends Held {
  readonly given: StoredGivenAccess;
}

/** The person, with no more than both they and the scopes of the token allow. */
async function personsActor(needs: IdentityNeeds, held: HeldForPerson): Promise<Result<Actor | undefined>> {
  const { given, item, application } = held;
  const read = await needs.record.readMany([
    { kind: userKind.kind, id: given.userId },
    { kind: sessionKind.kind, id: given.sessionId },
  ]);
  if (!read.ok) return failed(...read.problems);
  const account = read.value.find(({ kind }) => kind === userKind.kind);
  const opened = read.value.find(({ kind }) => kind === sessionKind.kind);
  if (account === undefined) return ok(undefined);
  const user = storedBy(userSchema, account);
  const session = opened && storedBy(sessionSchema, opened);
  if (!isThere(user, given, session)) return ok(undefined);
  // What a role needs of its holder it needs of what they let in as well.
  const isStrong = session !== undefined && isTwoFactor(session);
  if (!isStrong && needsSecondFactor(user, needs.secondFactorRoles)) return ok(undefined);
  const person = userActor(user);
  const display = `${user.display} through ${application.name}`;
  const { patient } = given;
  return ok({ ...person, display, via: "token", ...granted(needs, item, { patient, held: person.permissions }) });
}

/** Access that was not given for while the person is away ends when they sign out. */
function isThere(user: StoredUser, { offline }: StoredGivenAccess, session: Session | undefined): boolean {
  if (!user.active || offline) return user.active;
  return session !== undefined && session.ended === undefined && session.begun >= user.sessionsFrom;
}

function granted(
  { clock }: IdentityNeeds,
  { payload }: StoredIssuedItem,
  told: Pick<ScopesTold, "patient" | "held">,
): Pick<Actor, "permissions" | "constraints"> {
  const scopes = resourceScopes(String(payload.scope ?? "").split(" "));
  const base = typeof payload.aud === "string" ? payload.aud : undefined;
  const grants = grantsOfScopes({ ...told, scopes, base, now: clock.now() });
  // A search that was understood when the token was given, and no longer is, gives nothing.
  return grants.ok ? grants.value : { permissions: new Set() };
}
