import { type HttpReply, type HttpRequest, jsonReply, ok, type Result, type Route } from "#kernel";
import type { Context } from "../context.ts";
import { done } from "../handling/answer.ts";
import type { IdentityNeeds } from "../identity/identity-needs.ts";
import { type Owner, ownerOf, provenOwner } from "../identity/own-session.ts";
import type { StoredSession } from "../identity/session.ts";
import { endSessions, openSessions } from "../identity/sessions.ts";
import { sessionView } from "./account-views.ts";

export function ownSessionRoutes(needs: IdentityNeeds): readonly Route<Context>[] {
  const path = "/api/access/account/sessions";
  const policy = "account";
  return [
    {
      method: "GET",
      path,
      policy,
      summary: "Where one is signed in, the last used first",
      handle: (request, { actor }) => handleList(needs, request, actor),
    },
    {
      method: "DELETE",
      path,
      policy,
      summary: "End all one's sessions but this one",
      handle: (request, { actor }) =>
        handleEnd(needs, {
          request,
          actor,
          picks:
            ({ session }) =>
            (each) =>
              each.id !== session.id,
        }),
    },
    {
      method: "DELETE",
      path: `${path}/:session`,
      policy,
      summary: "End one of one's sessions",
      handle: (request, { actor }) =>
        handleEnd(needs, { request, actor, picks: () => (each) => each.id === request.params.session }),
    },
  ];
}

async function handleList(needs: IdentityNeeds, request: HttpRequest, actor: Context["actor"]) {
  const owner = await ownerOf(needs, request, actor);
  if (!owner.ok) return owner;
  const { user, session } = owner.value;
  const open = await openSessions(needs, user);
  return open.ok ? ok(jsonReply(open.value.map((each) => sessionView(each, session.id)))) : open;
}

interface Ending {
  readonly request: HttpRequest;
  readonly actor: Context["actor"];
  picks(owner: Owner): (session: StoredSession) => boolean;
}

/** Who sits down at an open screen does not throw its owner out elsewhere. Problems: as `provenOwner`. */
async function handleEnd(needs: IdentityNeeds, { request, actor, picks }: Ending): Promise<Result<HttpReply>> {
  const owner = await provenOwner(needs, request, actor);
  if (!owner.ok) return owner;
  const ended = await endSessions(needs, { user: owner.value.user, ends: picks(owner.value) }, actor);
  return done(ended);
}
