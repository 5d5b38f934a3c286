import { ok, type Result, type Route } from "#kernel";
import type { Context } from "../context.ts";
import { answers, answersBody, done } from "../handling/answer.ts";
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
      handle: answers(async () => {
        const found = await listApplications(needs);
        return found.ok ? ok(found.value.map(applicationView)) : found;
      }),
    },
    {
      method: "POST",
      path,
      policy,
      summary: "Enter an application; nothing is open to it until it is approved",
      handle: answersBody(
        applicationBody,
        async (body, { context }) => changedView(await addApplication(needs, body as ApplicationOrder, context.actor)),
        201,
      ),
    },
    {
      method: "PATCH",
      path: `${path}/:id`,
      policy,
      summary: "Approve, limit, suspend or revoke an application, or change what is known of it",
      handle: answersBody(applicationChangeBody, async (change, { context, id }) =>
        changedView(await changeApplication(needs, { id, change }, context.actor)),
      ),
    },
    {
      method: "POST",
      path: `${path}/signing-key`,
      policy,
      summary: "Sign id tokens with a new key from now on; the old one is published for a day more",
      handle: async () => {
        const renewed = await renewKeys(needs);
        if (renewed.ok) holder.forgetKeys();
        return done(renewed);
      },
    },
  ];
}

function changedView(changed: Result<ChangedApplication>): Result<ApplicationChangedView> {
  if (!changed.ok) return changed;
  const { application, secret } = changed.value;
  return ok({ application: applicationView(application), ...(secret === undefined ? {} : { secret }) });
}

function applicationView(application: StoredApplication): ApplicationView {
  const { version: _, requestedBy, decidedBy, tokensFrom, secretHash, ...shown } = application;
  return {
    ...shown,
    hasSecret: secretHash !== undefined,
    sentences: resourceScopes(application.scopes.split(/\s+/)).map(scopeSentence),
  } as ApplicationView;
}
