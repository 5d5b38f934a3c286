import type { Provider } from "oidc-provider";
import { failed, forbidden, type HttpRequest, incorrect, limits, notFound, ok, type Result, toIso } from "#kernel";
import { parseBody } from "#record";
import type { Context } from "../context.ts";
import { identityEntry } from "../identity/accounts.ts";
import { bodyOf } from "../identity/document-schema.ts";
import { ownerOf } from "../identity/own-session.ts";
import type { ResourceScope } from "../scopes/resource-scope.ts";
import type { StoredApplication } from "./application.ts";
import type { AuthorizationNeeds } from "./authorization-needs.ts";
import { readApplication } from "./client-adapter.ts";
import { type GivenAccess, givenAccessKind } from "./given-access.ts";
import { type Launch, readLaunch } from "./launch.ts";
import type { ProviderHolder } from "./provider.ts";
import { cookieNames } from "./provider-configuration.ts";
import { grantableScopes, type IdentityScope } from "./scope-request.ts";

type Interaction = InstanceType<Provider["Interaction"]>;

/** What an application asks of the person at the browser. */
export interface AuthorizationRequest {
  readonly interaction: Interaction;
  readonly application: StoredApplication;
  readonly scopes: readonly ResourceScope[];
  readonly identity: readonly IdentityScope[];
  /** From a chart, with its patient. */
  readonly launch: Launch | undefined;
  /** Whether the person has to pick a patient. */
  readonly picksPatient: boolean;
}

interface Asked {
  readonly needs: AuthorizationNeeds;
  readonly holder: ProviderHolder;
  readonly request: HttpRequest;
  readonly context: Context;
}

/**
 * The request that stands in the address, asked for from this browser: somebody else's is not found, so that nobody can be
 * led to let in an application at another person's browser. Problems: not-found `no-such-request`; incorrect `no-scope`;
 * forbidden `launch-over`; unavailable.
 */
export async function readRequest({ needs, holder, request, context }: Asked): Promise<Result<AuthorizationRequest>> {
  const uid = request.params.request ?? "";
  if (cookieOf(request, cookieNames.interaction) !== uid) return failed(noRequest);
  const provider = await holder.current();
  if (!provider.ok) return provider;
  const interaction = await provider.value.Interaction.find(uid);
  if (interaction === undefined) return failed(noRequest);
  const application = await readApplication(needs, String(interaction.params.client_id));
  if (!application.ok) return application;
  if (application.value?.state !== "approved") return failed(noRequest);
  const { granted, identity } = grantableScopes(String(interaction.params.scope ?? ""), application.value);
  if (granted.length + identity.length === 0) return failed(noScope);
  const launch = launchOf(needs, { interaction, application: application.value, context });
  if (!launch.ok) return launch;
  const isAboutPatient = identity.includes("launch/patient") || granted.some(({ level }) => level === "patient");
  const picksPatient = isAboutPatient && launch.value?.patient === undefined;
  return ok({
    interaction,
    application: application.value,
    scopes: granted,
    identity,
    launch: launch.value,
    picksPatient,
  });
}

const noRequest = notFound(
  "no-such-request",
  "There is no such request at this browser any more. Start the application again.",
);
const noScope = incorrect("no-scope", "The application asks for nothing that it may have.");

function cookieOf({ headers }: HttpRequest, name: string): string | undefined {
  const pairs = (headers.cookie ?? "").split(";").map((pair) => pair.trim().split("=", 2));
  return pairs.find(([key]) => key === name)?.[1];
}

interface Launched {
  readonly interaction: Interaction;
  readonly application: StoredApplication;
  readonly context: Context;
}

function launchOf(
  needs: AuthorizationNeeds,
  { interaction, application, context }: Launched,
): Result<Launch | undefined> {
  const { launch: text } = interaction.params;
  if (typeof text !== "string" || text === "") return ok(undefined);
  const launch = readLaunch(needs, text);
  const isTheirs = launch?.applicationId === application.id && `User/${launch.userId}` === context.actor.reference;
  return isTheirs ? ok(launch) : failed(launchOver);
}

const launchOver = forbidden(
  "launch-over",
  "This launch is over, or was begun by somebody else. Start the application from the chart again.",
);

/** What the person says. */
export interface RequestDecision {
  readonly allow: boolean;
  /** Which of the scopes, as they were written; absent: all. */
  readonly scopes?: readonly string[] | undefined;
  /** The id of the patient they picked. */
  readonly patient?: string | undefined;
}

/**
 * Notes what the person said. The address leads back to the application. Problems: as `readRequest`; incorrect
 * `patient-missing`; not-found for a patient they may not see; forbidden `not-signed-in`.
 */
export async function decideRequest(asked: Asked, decision: RequestDecision): Promise<Result<string>> {
  const read = await readRequest(asked);
  if (!read.ok) return read;
  const { needs, request, context } = asked;
  const owner = await ownerOf(needs, request, context.actor);
  if (!owner.ok) return owner;
  const { user, session } = owner.value;
  if (!decision.allow) return refuse(asked, read.value);
  const patient = await patientOf(context, read.value, decision);
  if (!patient.ok) return patient;
  const scopes = read.value.scopes.filter(({ text }) => decision.scopes?.includes(text) ?? true);
  const given = givenOf(asked, read.value, {
    userId: user.id,
    sessionId: session.id,
    scopes: scopes.map(({ text }) => text).join(" "),
    ...(patient.value && { patient: patient.value }),
  });
  const id = needs.ids.next();
  const written = await needs.record.transact({
    operations: [{ action: "create", kind: givenAccessKind.kind, id, body: bodyOf(given) }],
    audit: [noteOf(asked, read.value, { given: id, query: given.scopes })],
  });
  if (!written.ok) return written;
  const { interaction } = read.value;
  // What the code and the tokens are for is what the person gave, not what was asked for.
  interaction.params.scope = `${given.identityScopes} ${given.scopes}`.trim();
  return finish(needs, interaction, { login: { accountId: user.id, remember: false }, consent: { grantId: id } });
}

async function refuse(asked: Asked, read: AuthorizationRequest): Promise<Result<string>> {
  const audit = [
    noteOf(asked, read, { problem: "access-denied", query: read.scopes.map(({ text }) => text).join(" ") }),
  ];
  const written = await asked.needs.record.transact({ operations: [], audit });
  if (!written.ok) return written;
  const result = { error: "access_denied", error_description: "The person did not let the application in." };
  return finish(asked.needs, read.interaction, result);
}

/** The patient of the chart, or the one who was picked; undefined where there is none. Read as the person, so audited. */
async function patientOf(
  { record }: Context,
  { launch, picksPatient }: AuthorizationRequest,
  decision: RequestDecision,
): Promise<Result<string | undefined>> {
  const id = launch?.patient ?? (picksPatient ? decision.patient : undefined);
  if (id === undefined) return picksPatient ? failed(patientMissing) : ok(undefined);
  const read = await record.read("Patient", id);
  return read.ok ? ok(id) : read;
}

const patientMissing = incorrect("patient-missing", "Choose a patient.", { where: "patient" });

type Chosen = Pick<GivenAccess, "userId" | "sessionId" | "scopes" | "patient">;

function givenOf({ needs, holder }: Asked, read: AuthorizationRequest, chosen: Chosen): GivenAccess {
  const { application, identity, launch } = read;
  const offline = identity.includes("offline_access");
  const now = needs.clock.now();
  const lifeMs = offline ? limits.offlineAccessMs : limits.onlineAccessMs;
  return {
    ...chosen,
    applicationId: application.id,
    identityScopes: identity.join(" "),
    resource: holder.resource ?? "",
    ...(launch?.encounter && { encounter: launch.encounter }),
    needPatientBanner: launch === undefined,
    offline,
    begun: toIso(now),
    expires: new Date(now + lifeMs).toISOString(),
  };
}

interface Noted {
  readonly given?: string;
  readonly problem?: string;
  readonly query: string;
}

function noteOf({ needs, context }: Asked, { application }: AuthorizationRequest, { given, problem, query }: Noted) {
  return identityEntry(needs, {
    act: "authorize",
    actor: context.actor,
    entities: [`Application/${application.id}`, ...(given === undefined ? [] : [`GivenAccess/${given}`])],
    query: query.slice(0, limits.scopeSearchCharactersMax),
    ...(problem === undefined ? {} : { problem }),
  });
}

async function finish(
  { clock }: AuthorizationNeeds,
  interaction: Interaction,
  result: Interaction["result"],
): Promise<Result<string>> {
  Object.assign(interaction, { result });
  await interaction.save(interaction.exp - Math.floor(clock.now() / 1_000));
  return ok(interaction.returnTo);
}

/** The name of a patient as a person reads it: `Adaeze Osei`. */
export async function patientName({ record }: Context, id: string): Promise<Result<string>> {
  const read = await record.read("Patient", id);
  if (!read.ok) return read;
  const { name = [] } = parseBody<{ name?: readonly { text?: string; given?: readonly string[]; family?: string }[] }>(
    read.value,
  );
  const [first] = name;
  return ok(first?.text ?? [...(first?.given ?? []), first?.family].filter(Boolean).join(" "));
}
