import { failed, type HttpReply, jsonReply, notFound, ok, type Result, type Route } from "#kernel";
import type { Context } from "../context.ts";
import { done } from "../handling/answer.ts";
import { readBody } from "../handling/request.ts";
import { identityEntry } from "../identity/accounts.ts";
import { ownerOf } from "../identity/own-session.ts";
import { scopeSentence } from "../scopes/scope-words.ts";
import { listApplications } from "./applications.ts";
import { type GivenAccessView, type LaunchableView, type LaunchBody, launchBody } from "./authorization-api.ts";
import type { AuthorizationNeeds } from "./authorization-needs.ts";
import { readApplication } from "./client-adapter.ts";
import { newLaunch } from "./launch.ts";
import { endOwnAccess, type OwnAccess, ownAccess } from "./own-access.ts";
import type { ProviderHolder } from "./provider.ts";
import { resourceScopes } from "./scope-request.ts";

/** What people do with applications: see and take back what they gave, and start one from a chart. */
export function ownAccessRoutes(needs: AuthorizationNeeds, holder: ProviderHolder): readonly Route<Context>[] {
  const path = "/api/access/account/applications";
  return [
    {
      method: "GET",
      path,
      policy: "account",
      summary: "The applications that one has let in, the newest first",
      handle: async (request, { actor }) => {
        const owner = await ownerOf(needs, request, actor);
        if (!owner.ok) return owner;
        const own = await ownAccess(needs, owner.value.user.id);
        return own.ok ? ok(jsonReply(own.value.map(givenView))) : own;
      },
    },
    {
      method: "DELETE",
      path: `${path}/:id`,
      policy: "account",
      summary: "Take back what one let an application do; its tokens end",
      handle: async (request, { actor }) => {
        const owner = await ownerOf(needs, request, actor);
        if (!owner.ok) return owner;
        const ending = { userId: owner.value.user.id, id: request.params.id ?? "" };
        const ended = await endOwnAccess(needs, ending, actor);
        return done(ended);
      },
    },
    {
      method: "GET",
      path: "/api/access/launches",
      policy: "chart.open",
      summary: "The applications that can be started from a chart",
      handle: () => handleLaunchable(needs),
    },
    {
      method: "POST",
      path: "/api/access/launches",
      policy: "chart.open",
      summary: "Start an application for a patient; answers with the address to open",
      handle: async (request, context) => {
        const body = readBody(launchBody, request);
        return body.ok ? handleLaunch({ needs, holder, context }, body.value) : body;
      },
    },
  ];
}

function givenView({ given, application }: OwnAccess): GivenAccessView {
  const { id, scopes, begun, expires, offline } = given;
  const sentences = resourceScopes(scopes.split(" ")).map(scopeSentence);
  return {
    id,
    application: application?.name ?? "An application",
    owner: application?.owner ?? "",
    sentences: given.identityScopes === "" ? sentences : ["Learn who you are", ...sentences],
    begun,
    expires,
    offline,
  };
}

async function handleLaunchable(needs: AuthorizationNeeds): Promise<Result<HttpReply>> {
  const found = await listApplications(needs);
  if (!found.ok) return found;
  const open = found.value.filter(({ state, launchUrl }) => state === "approved" && launchUrl !== undefined);
  const views: readonly LaunchableView[] = open.map(({ id, name, purpose }) => ({ id, name, purpose }));
  return ok(jsonReply(views));
}

interface Starting {
  readonly needs: AuthorizationNeeds;
  readonly holder: ProviderHolder;
  readonly context: Context;
}

/** Source: SMART App Launch 2.2 §2.0.6 (EHR launch: iss and launch). */
async function handleLaunch({ needs, holder, context }: Starting, order: LaunchBody): Promise<Result<HttpReply>> {
  const { actor, record } = context;
  const application = await readApplication(needs, order.application);
  if (!application.ok) return application;
  const { state, launchUrl = "" } = application.value ?? {};
  if (state !== "approved" || launchUrl === "") return failed(notFound("not-found", "There is no such application."));
  const patient = await record.read("Patient", order.patient);
  if (!patient.ok) return patient;
  const userId = actor.reference.replace(/^User\//, "");
  const launch = newLaunch(needs, { ...order, userId, applicationId: order.application });
  const entities = [`Application/${order.application}`, `Patient/${order.patient}`];
  const audit = [identityEntry(needs, { act: "authorize", actor, entities, query: "launch" })];
  const written = await needs.record.transact({ operations: [], audit });
  if (!written.ok) return written;
  const address = new URL(launchUrl);
  address.searchParams.set("iss", holder.resource ?? "");
  address.searchParams.set("launch", launch);
  return ok(jsonReply({ leadsTo: address.href }));
}
