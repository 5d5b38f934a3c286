import { z } from "zod";
import { toIso } from "#kernel";
import { type Create, type KindDefinition, noEntries } from "#record";
import { noticeSubjects } from "../account-api.ts";
import type { Whereabouts } from "../identity/begin-session.ts";
import { bodyOf, checkBy } from "../identity/document-schema.ts";
import type { IdentityNeeds } from "../identity/identity-needs.ts";

const time = z.iso.datetime();

/** What happened to how a person signs in, told to them until they have seen it. Source: OWASP ASVS 4.0.3 V2.2.3. */
export const accountNoticeSchema = z.object({
  userId: z.string(),
  what: z.enum(noticeSubjects),
  at: time,
  /** An administrator did it. */
  byAnother: z.literal(true).optional(),
  address: z.string().optional(),
  browser: z.string().optional(),
  seen: time.optional(),
});

export type AccountNotice = Readonly<z.infer<typeof accountNoticeSchema>>;

export const accountNoticeKind: KindDefinition = {
  kind: "AccountNotice",
  check: checkBy("AccountNotice", accountNoticeSchema),
  index: (body) => {
    const { userId, seen } = accountNoticeSchema.parse(body);
    return { ...noEntries, keys: [seen === undefined ? `unseen=${userId}` : `user=${userId}`] };
  },
};

export interface NoticeOrder {
  readonly userId: string;
  readonly what: AccountNotice["what"];
  readonly where?: Pick<Whereabouts, "remoteAddress" | "browser">;
  readonly byAnother?: boolean;
}

/** The notice, to be written in the same commit as what it tells of. */
export function noticeOf({ clock, ids }: Pick<IdentityNeeds, "clock" | "ids">, order: NoticeOrder): Create {
  const { userId, what, where = {}, byAnother = false } = order;
  const notice: AccountNotice = {
    userId,
    what,
    at: toIso(clock.now()),
    ...(byAnother ? { byAnother } : {}),
    ...(where.remoteAddress === undefined ? {} : { address: where.remoteAddress }),
    ...(where.browser === undefined ? {} : { browser: where.browser }),
  };
  return { action: "create", kind: accountNoticeKind.kind, id: ids.next(), body: bodyOf(notice) };
}
