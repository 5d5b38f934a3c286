import { type HttpReply, jsonReply, ok, type Result, type Route } from "#kernel";
import type { Context } from "../context.ts";
import { readJson } from "../request-body.ts";
import { scopeSentence } from "../scopes/scope-words.ts";
import type { StoredApplication } from "./application.ts";
import {
  type ApplicationOrder,
  addApplication,
  type ChangedApplication,
  changeApplication,
  listApplications,
} from "./applications.ts";
import {
  type ApplicationChangedView,
  type ApplicationView,
  applicationBody,
  applicationChangeBody,
} from "./authorization-api.ts";
import type { AuthorizationNeeds } from "./authorization-needs.ts";
import type { ProviderHolder } from "./provider.ts";
import { resourceScopes } from "./scope-request.ts";
import { renewKeys } from "./signing-keys.ts";

const path = "/api/access/applications";
const policy = "applications.manage";

/** The registry of applications, for administrators. */
export function applicationRoutes(needs: AuthorizationNeeds, holder: ProviderHolder): readonly Route<Context>[] {
  return [
    {
      method: "GET",
      path,
      policy,
      summary: "The applications there are, by their names",
      handle: async () => {
        const found = await listApplications(needs);
        return found.ok ? ok(jsonReply(found.value.map(applicationView))) : found;
      },
    },
    {
      method: "POST",
      path,
      policy,
      summary: "Enter an application; nothing is open to it until it is approved",
      handle: async (request, { actor }) => {
        const body = readJson(applicationBody, request);
        if (!body.ok) return body;
        return changedReply(await addApplication(needs, body.value as ApplicationOrder, actor), 201);
      },
    },
    {
      method: "PATCH",
      path: `${path}/:id`,
      policy,
      summary: "Approve, limit, suspend or revoke an application, or change what is known of it",
      handle: async (request, { actor }) => {
        const body = readJson(applicationChangeBody, request);
        if (!body.ok) return body;
        const id = request.params.id ?? "";
        return changedReply(await changeApplication(needs, { id, change: body.value }, actor), 200);
      },
    },
    {
      method: "POST",
      path: `${path}/signing-key`,
      policy,
      summary: "Sign id tokens with a new key from now on; the old one is published for a day more",
      handle: async () => {
        const renewed = await renewKeys(needs);
        if (!renewed.ok) return renewed;
        holder.forgetKeys();
        return ok({ status: 204 });
      },
    },
  ];
}

function changedReply(changed: Result<ChangedApplication>, status: number): Result<HttpReply> {
  if (!changed.ok) return changed;
  const { application, secret } = changed.value;
  const view: ApplicationChangedView = {
    application: applicationView(application),
    ...(secret === undefined ? {} : { secret }),
  };
  return ok(jsonReply(view, status));
}

function applicationView(application: StoredApplication): ApplicationView {
  const { version: _, requestedBy, decidedBy, tokensFrom, secretHash, ...shown } = application;
  return {
    ...shown,
    hasSecret: secretHash !== undefined,
    sentences: resourceScopes(application.scopes.split(/\s+/)).map(scopeSentence),
  } as ApplicationView;
}
