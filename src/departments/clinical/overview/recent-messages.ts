import { limits, ok, type Result } from "#kernel";
import { type Clause, type HealthRecord, parseBody } from "#record";
import type { LastMessage, LinkError } from "../api.ts";
import { anyKey, newestFirst } from "../clauses.ts";
import { linkStateKey, typeNotStated } from "../messages/figure-keys.ts";
import { type LinkMessage, linkMessageKind } from "../messages/link-message.ts";
import { present } from "../messages/present.ts";

export interface RecentMessages {
  readonly last?: LastMessage;
  readonly lastError?: LinkError;
  /** Types among the newest messages of the link. */
  readonly types: readonly string[];
}

/** What the newest messages of a link tell about it: without personal data. */
export async function recentMessages(
  record: Pick<HealthRecord, "search">,
  link: string,
): Promise<Result<RecentMessages>> {
  const [newest, wrong] = await Promise.all([
    newestOf(record, { all: [anyKey(`link=${link}`)], limit: limits.recentMessagesMax }),
    newestOf(record, { all: [anyKey(linkStateKey(link, "rejected"), linkStateKey(link, "held"))], limit: 1 }),
  ]);
  if (!newest.ok) return newest;
  if (!wrong.ok) return wrong;
  const types = new Set(newest.value.map(({ message }) => message.type ?? typeNotStated));
  return ok(
    present<RecentMessages>({
      last: newest.value.map(lastMessage).toSorted((a, b) => (a.at < b.at ? 1 : -1))[0],
      lastError: wrong.value.map(errorOf)[0],
      types: [...types].toSorted(),
    }),
  );
}

/** Links that have messages, among the newest of all. */
export async function recentLinks(record: Pick<HealthRecord, "search">): Promise<Result<readonly string[]>> {
  const newest = await newestOf(record, { all: [], limit: limits.recentMessagesMax });
  return newest.ok ? ok([...new Set(newest.value.map(({ message }) => message.link))]) : newest;
}

interface Found {
  readonly id: string;
  readonly message: LinkMessage;
}

async function newestOf(
  record: Pick<HealthRecord, "search">,
  { all, limit }: { readonly all: readonly Clause[]; readonly limit: number },
): Promise<Result<readonly Found[]>> {
  const page = await record.search(newestFirst({ kind: linkMessageKind, all, limit }));
  if (!page.ok) return page;
  return ok(page.value.versions.map((version) => ({ id: version.id, message: parseBody<LinkMessage>(version) })));
}

function lastMessage({ id, message }: Found): LastMessage {
  return present<LastMessage>({ id, at: message.arrivedAt, type: message.type, state: message.state });
}

function errorOf({ id, message }: Found): LinkError {
  return { at: message.arrivedAt, text: message.reasons[0]?.message ?? "No reason was given.", messageId: id };
}
