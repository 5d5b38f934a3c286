import type { AuditLog } from "#audit";
import type { OpenedImages } from "#imaging";
import { type Clock, type HospitalTime, type HttpRequest, type Ids, ok, type Result, type Route } from "#kernel";
import type { AuditEntry, HealthRecord, KindDefinition, Subscriber } from "#record";
import { type Actor, anonymousActor } from "./actor.ts";
import { admit } from "./admission.ts";
import type { FetchKeys } from "./authorization/authorization-needs.ts";
import { type Authorization, authorizationKinds, openAuthorization } from "./authorization/open-authorization.ts";
import { consentRule } from "./consent/consent-rule.ts";
import { Consents } from "./consent/consents.ts";
import { consentDecisions } from "./consent/decision.ts";
import { consentRoutes } from "./consent/statements/consent-routes.ts";
import type { Context } from "./context.ts";
import { explainingConsents } from "./explain/consent-reasons.ts";
import { explainRoutes } from "./explain/explain-routes.ts";
import { kindPermission } from "./grants.ts";
import { changeNamedUser, firstAdministrator, resetUser } from "./identity/administrator.ts";
import { apiTokenKind } from "./identity/api-token.ts";
import { authenticate } from "./identity/authenticate.ts";
import type { IdentityNeeds } from "./identity/identity-needs.ts";
import { type IssuedToken, issueToken, type TokenOrder } from "./identity/issue-token.ts";
import { argon2Passwords, type PasswordCost } from "./identity/password.ts";
import type { RoleMap } from "./identity/role-map.ts";
import { sessionKind } from "./identity/session.ts";
import { Strangers } from "./identity/strangers.ts";
import { Trusted } from "./identity/trusted.ts";
import { Turns } from "./identity/turns.ts";
import { userKind } from "./identity/user.ts";
import { listUsers, type UsersPage, type UsersQuery } from "./identity/user-list.ts";
import { type AddedUser, addUser, type UserOrder, type UserOrderChange } from "./identity/users.ts";
import { LatelyWitnessed } from "./images/lately-witnessed.ts";
import { type NarrowedImages, narrowImages } from "./images/narrow-images.ts";
import { noImages } from "./images/no-images.ts";
import { witnessHeld } from "./narrow/witness.ts";
import { narrow, seenNow, viewOf } from "./narrow.ts";
import { accountNoticeKind } from "./notices/account-notice.ts";
import { noOptOuts } from "./opt-out/opt-out-rule.ts";
import { type OutsideNeeds, OutsideProvider } from "./outside-sign-in/outside-provider.ts";
import { outsideRoutes } from "./outside-sign-in/outside-routes.ts";
import { recordActions } from "./policies/index.ts";
import { consentLinks } from "./relationships/consent-links.ts";
import type { RelationshipNeeds } from "./relationships/open-relationship.ts";
import { relationshipKind } from "./relationships/relationship.ts";
import { relationshipRoutes } from "./relationships/relationship-routes.ts";
import { Relationships } from "./relationships/relationships.ts";
import type { RoleName } from "./roles/index.ts";
import { accessRoutes } from "./routes.ts";
import { directoryGroupKind } from "./scim/directory-group.ts";
import { reconcileRoles } from "./scim/reconcile.ts";
import { scimRoutes } from "./scim/scim-routes.ts";
import { savedSearchKind } from "./searches/saved-search.ts";
import type { SearchNeeds } from "./searches/saved-searches.ts";
import { searchRoutes } from "./searches/search-routes.ts";
import { resetNamedSecondFactors } from "./second-factor/reset.ts";
import type { SealKey } from "./second-factor/sealed.ts";
import { secondFactorsKind } from "./second-factor/second-factors.ts";
import { openServiceAccounts, type ServiceAccounts } from "./service-accounts/open-service-accounts.ts";
import { serviceAccountKind } from "./service-accounts/service-account.ts";
import { serviceAccountRoutes } from "./service-accounts/service-account-routes.ts";
import { findSubscribers } from "./subscriber.ts";
import { visibilityRules } from "./visibility/rules.ts";
import type { VisibilityRule } from "./visibility/visibility.ts";

/** Accounts with their second factors, sessions, tokens and kept searches, for the record to keep. */
export const accessKinds: readonly KindDefinition[] = [
  userKind,
  accountNoticeKind,
  secondFactorsKind,
  sessionKind,
  apiTokenKind,
  directoryGroupKind,
  serviceAccountKind,
  savedSearchKind,
  ...authorizationKinds,
  relationshipKind,
];

export interface AccessNeeds {
  /** The whole record, with `accessKinds` among its kinds. */
  readonly record: HealthRecord;
  readonly auditLog: AuditLog;
  /** What was received as images; left out, nothing is. */
  readonly images?: OpenedImages;
  /** What patients said about who may see their record; left out, it is asked of the record at each read. */
  readonly consents?: Consents;
  /** Leaves out who has opted out of research and planning; left out itself, nobody may look for either. */
  readonly optOuts?: VisibilityRule;
  readonly clock: Clock;
  readonly hospitalTime: HospitalTime;
  readonly ids: Ids;
  /** 32 bytes that seal secrets in the database; to be kept outside it. */
  readonly sealKey: SealKey;
  /** Roles whose holders must have a second factor; left out, none. */
  readonly secondFactorRoles?: readonly RoleName[];
  /** What groups of the hospital's directory stand for; left out, nothing. */
  readonly roleMap?: RoleMap;
  /** The hospital's own provider of sign-ins; left out, there is none. */
  readonly outside?: Omit<OutsideNeeds, "clock">;
  /** What a password hash costs; left out, what OWASP advises. */
  readonly passwordCost?: PasswordCost;
  /** Gets the keys that an application publishes; left out, no address may be asked. */
  readonly fetchKeys?: FetchKeys;
}

export interface Access {
  /** Who sends a request (see `authenticate`). */
  authenticate(request: HttpRequest): Promise<Result<Actor | undefined>>;
  /**
   * What a handler of the route gets, when the caller may use it. Problems: forbidden `not-signed-in`,
   * `permission-missing` (audited), `cross-site`; unavailable.
   */
  contextFor(request: HttpRequest, route: Pick<Route<Context>, "method" | "path" | "policy">): Promise<Result<Context>>;
  /** The same for who does not come by HTTP: links, workers. Make one for each message, and one for each worker. */
  contextOf(actor: Actor): Context;
  /**
   * For a link, which is answered once, when all is done: its reads share the commit of its next write. Call `witness`
   * before the answer: it makes the rest durable, and its failure forbids the answer.
   */
  linkContextOf(actor: Actor): { readonly context: Context; witness(): Promise<Result<unknown>> };
  /** Who is told of changes while they are not there (see `findSubscribers`). */
  findSubscriber(owner: string): Promise<Result<Subscriber | undefined>>;
  /** Other programs' way in; its routes are among `routes`. */
  readonly authorization: Authorization;
  /** `/api/access/…`. */
  readonly routes: readonly Route<Context>[];
  /** See `firstAdministrator`, `resetUser`, `addUser`, `changeNamedUser`, `listUsers`, `issueToken`. */
  firstAdministrator(by: Actor): Promise<Result<AddedUser | undefined>>;
  resetUser(username: string, by: Actor): Promise<Result<AddedUser>>;
  /** See `resetNamedSecondFactors`. */
  resetSecondFactors(
    reset: { readonly username: string; readonly reason: string },
    by: Actor,
  ): Promise<Result<undefined>>;
  addUser(order: UserOrder, by: Actor): Promise<Result<AddedUser>>;
  changeUser(change: UserOrderChange & { readonly username: string }, by: Actor): Promise<Result<AddedUser>>;
  listUsers(query: UsersQuery, by: Actor): Promise<Result<UsersPage>>;
  issueToken(order: TokenOrder, by: Actor): Promise<Result<IssuedToken>>;
  /** Accounts of systems, and their keys. */
  readonly serviceAccounts: ServiceAccounts;
  /** See `reconcileRoles`. */
  reconcileRoles(by: Actor): Promise<Result<number>>;
}

export function openAccess(given: AccessNeeds): Access {
  const needs = ruledNeeds(given);
  const identity = identityNeeds(needs);
  const lately = new LatelyWitnessed();
  const contextOf = (actor: Actor, held?: AuditEntry[]): Context => ({
    actor,
    admit: (route) => admit(needs, actor, route),
    record: narrow({ ...needs, actor, ...(held === undefined ? {} : { held }) }),
    sees: (keys) => seenNow({ ...needs, actor }, keys),
    images: imagesOf(needs, actor, lately),
    clock: needs.clock,
    hospitalTime: needs.hospitalTime,
    ids: needs.ids,
    ...finderOf(needs, actor),
  });
  const fetchKeys = given.fetchKeys ?? fetchNothing;
  const authorization = openAuthorization({ ...identity, contextOf: (actor) => contextOf(actor), fetchKeys });
  return {
    authenticate: (request) => authenticate(identity, request),
    contextFor: async (request, route) => {
      const actor = await callerOf(identity, request, route.policy);
      if (!actor.ok) return actor;
      const allowed = await admit(needs, actor.value, { ...route, policy: namedPolicy(route.policy, request) });
      return allowed.ok ? ok(contextOf(actor.value)) : allowed;
    },
    contextOf: (actor) => contextOf(actor),
    linkContextOf: (actor) => {
      const held: AuditEntry[] = [];
      return { context: contextOf(actor, held), witness: () => witnessHeld(needs.record, held) };
    },
    authorization,
    findSubscriber: findSubscribers({ ...needs, narrowed: (actor) => narrow({ ...needs, actor }) }),
    routes: [
      ...accessRoutes(identity),
      ...consentRoutes,
      ...outsideRoutes(identity, outsideOf(needs)),
      ...scimRoutes(identity),
      ...serviceAccountRoutes(identity),
      ...searchRoutes(searchNeeds(needs)),
      ...relationshipRoutes(relationshipNeeds(needs)),
      ...explainRoutes(needs),
      ...authorization.routes,
    ],
    firstAdministrator: (by) => firstAdministrator(identity, by),
    resetUser: (username, by) => resetUser(identity, username, by),
    resetSecondFactors: (reset, by) => resetNamedSecondFactors(identity, reset, by),
    addUser: (order, by) => addUser(identity, order, by),
    changeUser: (change, by) => changeNamedUser(identity, change, by),
    listUsers: (query, by) => listUsers(identity, query, by),
    issueToken: (order, by) => issueToken(identity, order, by),
    serviceAccounts: openServiceAccounts(identity),
    reconcileRoles: (by) => reconcileRoles(identity, by),
  };
}

/** With what decides in every view of this process who sees what, and tells the log of it. */
function ruledNeeds(given: AccessNeeds) {
  const relationships = new Relationships();
  const consents = given.consents ?? new Consents(given);
  const linksOf = (actor: Actor) => consentLinks(relationships, { ...given, actor });
  const decidedBy = consentDecisions(consents, linksOf);
  const saidRule = explainingConsents(consentRule(consents, linksOf), decidedBy);
  return {
    ...given,
    record: consents.watched(given.record),
    rules: [...visibilityRules(relationships), saidRule, given.optOuts ?? noOptOuts],
    decidedBy,
    opened: async (actor: Actor): Promise<ReadonlySet<string>> => new Set((await linksOf(actor)).overridden),
  };
}

/** The hospital's own sign-in. */
function outsideOf({ outside, clock }: AccessNeeds): OutsideProvider | undefined {
  return outside && new OutsideProvider({ ...outside, clock });
}

type RuledNeeds = AccessNeeds & { readonly rules: readonly VisibilityRule[] };

function identityNeeds(needs: RuledNeeds): IdentityNeeds {
  const kept = [userKind, accountNoticeKind, secondFactorsKind, sessionKind, apiTokenKind, serviceAccountKind].flatMap(
    ({ kind }) => recordActions.filter((action) => action !== "delete").map((action) => kindPermission(kind, action)),
  );
  const opened = [...kept, ...recordActions.map((action) => kindPermission(directoryGroupKind.kind, action))];
  return {
    record: needs.record,
    accountsFor: (actor) => narrow({ ...needs, actor: { ...actor, permissions: new Set(opened) } }),
    sealKey: needs.sealKey,
    secondFactorRoles: new Set(needs.secondFactorRoles ?? []),
    roleMap: needs.roleMap ?? new Map(),
    clock: needs.clock,
    hospitalTime: needs.hospitalTime,
    ids: needs.ids,
    passwords: argon2Passwords(needs.passwordCost),
    trusted: new Trusted(),
    turns: new Turns(),
    strangers: new Strangers(),
  };
}

function searchNeeds(needs: RuledNeeds): SearchNeeds {
  const opened = recordActions.map((action) => kindPermission(savedSearchKind.kind, action));
  return { searchesFor: (actor) => narrow({ ...needs, actor: { ...actor, permissions: new Set(opened) } }) };
}

const fetchNothing: FetchKeys = async () => {
  throw new Error("no address of keys may be asked");
};

function relationshipNeeds(needs: RuledNeeds): RelationshipNeeds {
  const permissions = new Set(recordActions.map((action) => kindPermission(relationshipKind.kind, action)));
  return { ...needs, relationshipsFor: (actor) => narrow({ ...needs, actor: { ...actor, permissions } }) };
}

function imagesOf({ images, ...needs }: RuledNeeds, actor: Actor, lately: LatelyWitnessed): NarrowedImages {
  return images === undefined ? noImages : narrowImages({ view: viewOf({ ...needs, actor }), archive: images, lately });
}

/** Who may find patients finds everybody, by who they are and nothing else. */
function finderOf(needs: RuledNeeds, actor: Actor): Pick<Context, "finder"> {
  if (!actor.permissions.has("patients.find") || actor.unrestricted === true) return {};
  const permissions = new Set([kindPermission("Patient", "search")]);
  return { finder: narrow({ ...needs, actor: { ...actor, unrestricted: true, permissions } }) };
}

/** The policy `link/:name` is of the link that the path names: `link/lab`. */
function namedPolicy(policy: string, { params }: HttpRequest): string {
  return policy.replace(/:([a-z]+)$/i, (_, name: string) => params[name] ?? "");
}

/** A public route is open to who brings a token or session that is over, as to anybody. */
async function callerOf(identity: IdentityNeeds, request: HttpRequest, policy: string): Promise<Result<Actor>> {
  const found = await authenticate(identity, request);
  const isOver = !found.ok && found.problems[0].code === "not-signed-in";
  if (!found.ok && !(policy === "public" && isOver)) return found;
  return ok((found.ok ? found.value : undefined) ?? anonymousActor(request.remoteAddress));
}
