import { conflict, failed, incorrect, limits, notFound, ok, okUnless, type Problem, type Result, toIso } from "#kernel";
import type { Actor } from "../actor.ts";
import { identityEntry } from "../identity/accounts.ts";
import { bodyOf, storedBy } from "../identity/document-schema.ts";
import { newSecret, secretHash } from "../identity/secret.ts";
import { parseResourceScope } from "../scopes/resource-scope.ts";
import { searchClauses } from "../scopes/scope-grants.ts";
import { type Application, applicationKind, applicationSchema, type StoredApplication } from "./application.ts";
import type { applicationStates } from "./authorization-api.ts";
import type { AuthorizationNeeds } from "./authorization-needs.ts";
import { readApplication } from "./client-adapter.ts";
import { removeWith } from "./item-adapter.ts";
import { isIdentityScope } from "./scope-request.ts";

/** All applications, by their names. Problems: unavailable. */
export async function listApplications({
  record,
}: Pick<AuthorizationNeeds, "record">): Promise<Result<readonly StoredApplication[]>> {
  const found = await record.search({
    kind: applicationKind.kind,
    all: [{ is: "key", any: ["registry=applications"] }],
    sort: { by: "updated", descending: true },
    limit: limits.applicationsMax,
  });
  if (!found.ok) return found;
  const applications = found.value.versions.map((version) => storedBy(applicationSchema, version));
  return ok(applications.sort((one, other) => one.name.localeCompare(other.name)));
}

export type ApplicationOrder = Pick<
  Application,
  "name" | "owner" | "contact" | "purpose" | "type" | "redirectUris" | "launchUrl" | "jwks" | "jwksUri" | "scopes"
>;

export interface ChangedApplication {
  readonly application: StoredApplication;
  /** Of an application without keys; shown once, kept nowhere. */
  readonly secret?: string;
}

/**
 * Enters an application; nothing is open to it until it is approved. Problems: those of `orderProblems`; conflict
 * `too-many-applications`; unavailable.
 */
export async function addApplication(
  needs: AuthorizationNeeds,
  order: ApplicationOrder,
  by: Actor,
): Promise<Result<ChangedApplication>> {
  const checked = orderProblems(needs, order);
  if (checked.length > 0) return okUnless<ChangedApplication>(checked, undefined as never);
  const known = await listApplications(needs);
  if (!known.ok) return known;
  if (known.value.length >= limits.applicationsMax) return failed(tooMany);
  const now = toIso(needs.clock.now());
  const secret = needsSecret(order) ? newSecret() : undefined;
  const body: Application = {
    ...order,
    state: "requested",
    requested: now,
    requestedBy: by.reference,
    tokensFrom: now,
    ...(secret && { secretHash: secretHash(secret) }),
  };
  return write(needs, { id: needs.ids.next(), version: 0, body, secret, what: "requested", by });
}

const tooMany = conflict("too-many-applications", `There are ${limits.applicationsMax} applications already.`);

export type ApplicationChange = { readonly [Field in keyof ApplicationOrder]?: ApplicationOrder[Field] | undefined } & {
  readonly state?: Exclude<(typeof applicationStates)[number], "requested"> | undefined;
  readonly newSecret?: true | undefined;
};

/**
 * Changes an application. What ends its access, or gives it less, ends every token that it has. Problems: not-found; those of
 * `orderProblems`; conflict `revoked-for-good`; unavailable.
 */
export async function changeApplication(
  needs: AuthorizationNeeds,
  { id, change }: { readonly id: string; readonly change: ApplicationChange },
  by: Actor,
): Promise<Result<ChangedApplication>> {
  const kept = await readApplication(needs, id);
  if (!kept.ok) return kept;
  if (kept.value === undefined) return failed(notFound("not-found", "There is no such application."));
  const { id: _, version, ...old } = kept.value;
  if (old.state === "revoked") return failed(revokedForGood);
  const { state, newSecret: asksSecret, ...fields } = change;
  const order: ApplicationOrder = { ...old, ...present(fields) };
  const checked = orderProblems(needs, order);
  if (checked.length > 0) return okUnless<ChangedApplication>(checked, undefined as never);
  const now = toIso(needs.clock.now());
  const secret = asksSecret === true || (needsSecret(order) && old.secretHash === undefined) ? newSecret() : undefined;
  const endsTokens =
    (state !== undefined && state !== "approved") || order.scopes !== old.scopes || secret !== undefined;
  const body: Application = {
    ...old,
    ...order,
    ...(state && { state, decided: now, decidedBy: by.reference }),
    ...(secret && { secretHash: secretHash(secret) }),
    ...(endsTokens ? { tokensFrom: now } : {}),
  };
  const written = await write(needs, { id, version, body, secret, what: state ?? "changed", by });
  if (written.ok && endsTokens) {
    needs.trusted.forgetUser(id);
    const removed = await removeWith(needs, `application=${id}`);
    if (!removed.ok) return removed;
  }
  return written;
}

const revokedForGood = conflict("revoked-for-good", "The application was revoked; enter it anew.");

function present(
  fields: { readonly [Field in keyof ApplicationOrder]?: ApplicationOrder[Field] | undefined },
): Partial<ApplicationOrder> {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as Partial<ApplicationOrder>;
}

interface Writing {
  readonly id: string;
  readonly version: number;
  readonly body: Application;
  readonly secret: string | undefined;
  readonly what: string;
  readonly by: Actor;
}

async function write(needs: AuthorizationNeeds, writing: Writing): Promise<Result<ChangedApplication>> {
  const { id, version, body, secret, what, by } = writing;
  const written = await needs.record.transact({
    operations: [{ action: "update", kind: applicationKind.kind, id, ifMatch: version, body: bodyOf(body) }],
    audit: [
      identityEntry(needs, { act: "application-change", actor: by, entities: [`Application/${id}`], query: what }),
    ],
  });
  if (!written.ok) return written;
  const application = { ...body, id, version: version + 1 };
  return ok({ application, ...(secret === undefined ? {} : { secret }) });
}

/** A confidential application that has no keys shows who it is by a secret. */
function needsSecret({ type, jwks, jwksUri }: ApplicationOrder): boolean {
  return type === "confidential" && jwks === undefined && jwksUri === undefined;
}

/** What is wrong with the particulars of an application: addresses, keys, scopes; each with its place. */
export function orderProblems(needs: Pick<AuthorizationNeeds, "clock">, order: ApplicationOrder): readonly Problem[] {
  const { type, redirectUris, launchUrl, jwks, jwksUri } = order;
  const problems: Problem[] = [];
  const wrong = (where: string, message: string) => problems.push(incorrect("invalid-application", message, { where }));
  if (type !== "backend" && redirectUris.length === 0) wrong("redirectUris", "Give at least one redirect address.");
  if (type === "backend" && redirectUris.length > 0)
    wrong("redirectUris", "A backend service has no redirect address.");
  for (const address of redirectUris) if (!isRedirectUri(address)) wrong("redirectUris", badRedirect);
  if (launchUrl !== undefined && !isSafeWeb(launchUrl)) wrong("launchUrl", "The launch address begins with https.");
  if (jwksUri !== undefined && !isSafeWeb(jwksUri)) wrong("jwksUri", "The address of the keys begins with https.");
  if (jwks !== undefined && jwksUri !== undefined) wrong("jwks", "Give the keys or their address, not both.");
  if (jwks?.keys.some((key) => "d" in key)) wrong("jwks", "These are private keys. Give the public ones alone.");
  if (type === "backend" && jwks === undefined && jwksUri === undefined)
    wrong("jwks", "A backend service has public keys.");
  if (type === "public" && (jwks ?? jwksUri) !== undefined) wrong("jwks", "A public application has no keys.");
  return [...problems, ...scopeProblems(needs, order)];
}

const badRedirect =
  "A redirect address begins with https, or with http on the person's own machine, or with a scheme of its own with a dot; it has no # in it.";

/** Source: RFC 6749 §3.1.2; RFC 8252 §7.1 and §7.3. */
function isRedirectUri(address: string): boolean {
  if (!URL.canParse(address) || address.includes("#")) return false;
  return isSafeWeb(address) || /^[a-z][a-z0-9+-]*\.[a-z0-9+.-]+:/.test(address);
}

/** By https, or on the person's own machine. */
function isSafeWeb(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname, username } = new URL(address);
  const isOwn = hostname === "localhost" || hostname === "127.0.0.1" || hostname === "[::1]";
  return username === "" && (protocol === "https:" || (protocol === "http:" && isOwn));
}

function scopeProblems(
  { clock }: Pick<AuthorizationNeeds, "clock">,
  { scopes, type }: ApplicationOrder,
): readonly Problem[] {
  const texts = scopes.split(/\s+/).filter((text) => text !== "" && !isIdentityScope(text));
  return texts.flatMap((text) => {
    const parsed = parseResourceScope(text);
    if (!parsed.ok) return parsed.problems;
    if ((parsed.value.level === "system") !== (type === "backend")) {
      const message = "Backend services have system/ scopes, applications of people patient/ and user/ ones.";
      return [incorrect("scope-invalid", message, { where: text })];
    }
    const searched = searchClauses(parsed.value, { base: undefined, now: clock.now() });
    return searched.ok ? [] : searched.problems;
  });
}
