import { jsonReply, limits, ok, type Result, type Route, toIso } from "#kernel";
import type { NoticeView } from "../account-api.ts";
import type { Context } from "../context.ts";
import { done } from "../handling/answer.ts";
import { bodyOf, type Stored, storedBy } from "../identity/document-schema.ts";
import type { IdentityNeeds } from "../identity/identity-needs.ts";
import { ownerOf } from "../identity/own-session.ts";
import { type AccountNotice, accountNoticeKind, accountNoticeSchema } from "./account-notice.ts";

/** What people are told of their own accounts. */
export function noticeRoutes(needs: IdentityNeeds): readonly Route<Context>[] {
  const path = "/api/access/account/notices";
  return [
    {
      method: "GET",
      path,
      policy: "account",
      summary: "What has happened to how one signs in and was not seen yet, the newest first",
      handle: async (request, { actor }) => {
        const owner = await ownerOf(needs, request, actor);
        const unseen = owner.ok ? await unseenNotices(needs, owner.value.user.id) : owner;
        return unseen.ok ? ok(jsonReply(unseen.value.map(noticeView))) : unseen;
      },
    },
    {
      method: "POST",
      path: `${path}/seen`,
      policy: "account",
      summary: "One has seen what was told until now",
      handle: async (request, { actor }) => {
        const owner = await ownerOf(needs, request, actor);
        const unseen = owner.ok ? await unseenNotices(needs, owner.value.user.id) : owner;
        return unseen.ok ? done(await noteSeen(needs, unseen.value)) : unseen;
      },
    },
  ];
}

/** The newest first, `limits.accountNoticesMax` at most. */
async function unseenNotices({ record }: IdentityNeeds, userId: string): Promise<Result<readonly StoredNotice[]>> {
  const found = await record.search({
    kind: accountNoticeKind.kind,
    all: [{ is: "key", any: [`unseen=${userId}`] }],
    sort: { by: "updated", descending: true },
    limit: limits.accountNoticesMax,
  });
  return found.ok ? ok(found.value.versions.map((version) => storedBy(accountNoticeSchema, version))) : found;
}

type StoredNotice = Stored<AccountNotice>;

async function noteSeen({ record, clock }: IdentityNeeds, notices: readonly StoredNotice[]): Promise<Result<unknown>> {
  if (notices.length === 0) return ok(undefined);
  const seen = toIso(clock.now());
  const operations = notices.map(({ id, version: _, ...notice }) => {
    return { action: "update", kind: accountNoticeKind.kind, id, body: bodyOf({ ...notice, seen }) } as const;
  });
  return record.transact({ operations });
}

function noticeView({ version: _, userId, seen, ...shown }: StoredNotice): NoticeView {
  return shown;
}
