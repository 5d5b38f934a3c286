import { limits, ok, type Result } from "#kernel";
import { type Operation, parseBody } from "#record";
import { senderName } from "../gates/waiting-orders.ts";
import { linkMessageKind } from "../messages/link-message.ts";
import { awaitedOperations } from "./awaiting.ts";
import { type FollowedMessage, followedMessage } from "./followed-message.ts";
import { type LinkSequence, linkSequenceKind, sequenceId, withNumber } from "./link-sequence.ts";
import { unorderedOperations } from "./unordered-results.ts";
import { cursorMoved, readWatchCursor } from "./watch-cursor.ts";
import type { WatchNeeds } from "./watch-needs.ts";

/**
 * Takes note of what the next messages of the feed say about orders, results and sequence numbers, and moves on, in one
 * commit. Returns how many there were; 0 when there are no more. Problems: those of the record, conflict where another
 * process was faster.
 */
export async function followMessages(needs: WatchNeeds): Promise<Result<number>> {
  const { look, context } = needs;
  const cursor = await readWatchCursor(look);
  if (!cursor.ok) return cursor;
  const { position, version } = cursor.value;
  const query = {
    kind: linkMessageKind,
    isOldestFirst: true,
    after: position,
    limit: limits.watchMessagesMax,
  } as const;
  const page = await look.history(query);
  if (!page.ok) return page;
  const { versions } = page.value;
  const last = versions.at(-1);
  if (last === undefined && version > 0) return ok(0);
  const messages = versions.filter(({ body }) => body !== "").map(followedMessage);
  const parts = [awaitedOperations, sequenceOperations, unorderedOperations];
  const noted = await Promise.all(parts.map((part) => part(needs, messages)));
  const operations: Operation[] = [];
  for (const part of noted) {
    if (!part.ok) return part;
    operations.push(...part.value);
  }
  operations.push(cursorMoved(cursor.value, last?.position));
  const written = await context.record.transact({ operations });
  return written.ok ? ok(versions.length) : written;
}

async function sequenceOperations(
  { look, links }: WatchNeeds,
  messages: readonly FollowedMessage[],
): Promise<Result<readonly Operation[]>> {
  const watched = new Set(links().flatMap(({ name, watch }) => (watch?.sequence === true ? [name] : [])));
  const numbered = messages.filter(
    ({ isNew, message: { link, sequence } }) => isNew && sequence !== undefined && watched.has(link),
  );
  const ids = new Set(numbered.map(({ message: { link, sender } }) => sequenceId(link, senderName(sender))));
  if (ids.size === 0) return ok([]);
  const found = await look.readMany([...ids].map((id) => ({ kind: linkSequenceKind, id })));
  if (!found.ok) return found;
  const versions = new Map(found.value.map(({ id, version }) => [id, version]));
  const known = new Map(found.value.map((version) => [version.id, parseBody<LinkSequence>(version)]));
  for (const { id: message, message: sent } of numbered) {
    const { link, arrivedAt, sequence: number = 0 } = sent;
    const sender = senderName(sent.sender);
    const id = sequenceId(link, sender);
    known.set(id, withNumber(known.get(id) ?? { link, sender, missing: [] }, { number, arrivedAt, message }));
  }
  return ok(
    [...known].map(([id, body]): Operation => {
      return { action: "update", kind: linkSequenceKind, id, body, ifMatch: versions.get(id) ?? 0 };
    }),
  );
}
