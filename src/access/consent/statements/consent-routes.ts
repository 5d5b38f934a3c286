import type { JsonObject } from "#kernel";
import {
  failed,
  type HttpReply,
  type HttpRequest,
  incorrect,
  jsonReply,
  limits,
  notFound,
  ok,
  type Result,
  type Route,
} from "#kernel";
import { parseBody } from "#record";
import { type ConsentChoice, type ConsentStatementView, type ConsentsView, consentChoice } from "../../consent-api.ts";
import type { Context } from "../../context.ts";
import { readBody } from "../../handling/request.ts";
import { isRoleName } from "../../roles/index.ts";
import { consentOf } from "./consent-of.ts";
import { effectsOf } from "./effects.ts";
import { givenOf, sentencesOf, statusOf } from "./sentences.ts";

/** What a patient said about who may see their record, for the page of the chart. */
export const consentRoutes: readonly Route<Context>[] = [
  {
    method: "GET",
    path: "/api/access/patients/:id/consents",
    policy: "chart.open",
    summary: "What a patient said about who may see their record, in sentences",
    handle: (request, context) => viewReply(request, context),
  },
  {
    method: "POST",
    path: "/api/access/patients/:id/consents/preview",
    policy: "chart.open",
    summary: "Which roles would no longer see what, were this recorded",
    handle: (request, context) => handlePreview(request, context),
  },
  {
    method: "POST",
    path: "/api/access/patients/:id/consents",
    policy: "chart.open",
    summary: "Record what a patient said about who may see their record",
    handle: (request, context) => handleRecord(request, context),
  },
  {
    method: "POST",
    path: "/api/access/patients/:id/consents/:consent/end",
    policy: "chart.open",
    summary: "A Consent no longer counts: the patient took it back",
    handle: (request, context) => handleEnd(request, context),
  },
];

function patientOf({ params }: HttpRequest): string {
  return `Patient/${params.id ?? ""}`;
}

async function viewReply(request: HttpRequest, { record }: Context): Promise<Result<HttpReply>> {
  const page = await record.search({
    kind: "Consent",
    all: [{ is: "key", any: [`patient=${patientOf(request)}`] }],
    sort: { by: "updated", descending: true },
    limit: limits.pageSizeMax,
  });
  if (!page.ok) return page;
  const statements = page.value.versions.map((version): ConsentStatementView => {
    const consent = parseBody<JsonObject>(version);
    const given = givenOf(consent);
    const told = { id: version.id, status: statusOf(consent), sentences: sentencesOf(consent) };
    return given === undefined ? told : { ...told, given };
  });
  return ok(jsonReply({ statements } satisfies ConsentsView));
}

function readChoice(request: HttpRequest): Result<ConsentChoice> {
  const choice = readBody(consentChoice, request);
  if (!choice.ok || choice.value.roles.every(isRoleName)) return choice;
  return failed(incorrect("role-unknown", "There is no role of that name.", { where: "roles" }));
}

async function handlePreview(request: HttpRequest, { record, clock }: Context): Promise<Result<HttpReply>> {
  const choice = readChoice(request);
  if (!choice.ok) return choice;
  const patient = patientOf(request);
  const consent = consentOf(choice.value, patient, clock.now());
  const effects = await effectsOf({ record, patient, consent, nowMs: clock.now() });
  return effects.ok ? ok(jsonReply(effects.value)) : effects;
}

/** Of a patient whom the caller sees. */
async function handleRecord(request: HttpRequest, context: Context): Promise<Result<HttpReply>> {
  const { record, clock } = context;
  const choice = readChoice(request);
  if (!choice.ok) return choice;
  const patient = await record.read("Patient", request.params.id ?? "");
  if (!patient.ok) return patient;
  const body = consentOf(choice.value, patientOf(request), clock.now());
  const done = await record.transact({ operations: [{ action: "create", kind: "Consent", body }] });
  return done.ok ? viewReply(request, context) : done;
}

async function handleEnd(request: HttpRequest, context: Context): Promise<Result<HttpReply>> {
  const { record } = context;
  const id = request.params.consent ?? "";
  const found = await record.read("Consent", id);
  if (!found.ok) return found;
  const consent = parseBody<JsonObject & { readonly patient?: { readonly reference?: string } }>(found.value);
  if (consent.patient?.reference !== patientOf(request)) {
    return failed(notFound("not-found", `There is no Consent/${id} of this patient.`));
  }
  const { version } = found.value;
  const body: JsonObject = { ...consent, status: "inactive" };
  const done = await record.transact({
    operations: [{ action: "update", kind: "Consent", id, body, ifMatch: version }],
  });
  return done.ok ? viewReply(request, context) : done;
}
