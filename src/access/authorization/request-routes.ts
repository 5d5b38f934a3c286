import { type HttpReply, type HttpRequest, jsonReply, ok, type Result, type Route } from "#kernel";
import type { Context } from "../context.ts";
import { readBody } from "../handling/request.ts";
import { scopeSentence } from "../scopes/scope-words.ts";
import { type AuthorizationRequestView, type DecisionView, decisionBody } from "./authorization-api.ts";
import type { AuthorizationNeeds } from "./authorization-needs.ts";
import { type AuthorizationRequest, decideRequest, patientName, readRequest } from "./authorization-request.ts";
import type { ProviderHolder } from "./provider.ts";
import { requestPath } from "./provider-routes.ts";

/** What the page calls on which a person lets an application in, or does not. */
export function requestRoutes(needs: AuthorizationNeeds, holder: ProviderHolder): readonly Route<Context>[] {
  const path = `${requestPath}/:request`;
  return [
    {
      method: "GET",
      path,
      policy: "signed-in",
      summary: "What an application asks of the person at this browser",
      handle: (request, context) => handleAsk({ needs, holder, request, context }),
    },
    {
      method: "POST",
      path,
      policy: "signed-in",
      summary: "Let the application in, or do not; answers with the address that leads back to it",
      handle: (request, context) => handleDecide({ needs, holder, request, context }),
    },
  ];
}

interface Asked {
  readonly needs: AuthorizationNeeds;
  readonly holder: ProviderHolder;
  readonly request: HttpRequest;
  readonly context: Context;
}

async function handleAsk(asked: Asked): Promise<Result<HttpReply>> {
  const read = await readRequest(asked);
  if (!read.ok) return read;
  const { launch } = read.value;
  const name = launch?.patient === undefined ? ok("") : await patientName(asked.context, launch.patient);
  if (!name.ok) return name;
  const patient = launch?.patient === undefined ? {} : { patient: { id: launch.patient, name: name.value } };
  return ok(jsonReply({ ...requestView(read.value, asked.context), ...patient }));
}

async function handleDecide(asked: Asked): Promise<Result<HttpReply>> {
  const body = readBody(decisionBody, asked.request);
  if (!body.ok) return body;
  const leadsTo = await decideRequest(asked, body.value);
  if (!leadsTo.ok) return leadsTo;
  const view: DecisionView = { leadsTo: leadsTo.value };
  return ok(jsonReply(view));
}

function requestView(read: AuthorizationRequest, { actor }: Context): AuthorizationRequestView {
  const { application, scopes, identity, picksPatient, interaction } = read;
  const { name, owner, purpose } = application;
  return {
    application: { name, owner, purpose, host: hostOf(String(interaction.params.redirect_uri)) },
    person: actor.display,
    scopes: scopes.map((scope) => ({
      text: scope.text,
      sentence: scopeSentence(scope),
      changes: /[cud]/.test(scope.letters),
    })),
    identifies: identity.some((scope) => scope === "fhirUser" || scope === "profile" || scope === "openid"),
    keeps: identity.includes("offline_access") ? "offline" : identity.includes("online_access") ? "online" : "once",
    picksPatient,
  };
}

function hostOf(address: string): string {
  const { host, protocol } = new URL(address);
  return host === "" ? protocol : host;
}
