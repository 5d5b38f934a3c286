import type { Context } from "#access";
import { limits, ok, type Result } from "#kernel";
import {
  type Blob,
  blobDayOf,
  type Clause,
  type HealthRecord,
  type Operation,
  type Position,
  parseBody,
  type Query,
  type Version,
} from "#record";
import { anyKey, newestFirst } from "../clauses.ts";
import { deterministicId } from "../messages/deterministic-id.ts";
import { type LinkMessage, linkMessageKind } from "../messages/link-message.ts";
import { messageWords } from "./message-words.ts";
import { filedBlob, rewrittenKey, type Worded, type WordFile, wordFileKind } from "./word-file.ts";

export interface WordFilesNeeds {
  /** The whole record: the words of every message are taken, for whoever may read messages. */
  readonly look: Pick<HealthRecord, "search" | "readBlob">;
  /** As the worker: the files are written with it. */
  readonly context: Pick<Context, "record" | "clock">;
}

/**
 * Files the words of the messages that have been decided on since the last time, in files of `limits.wordFileMessagesMax`;
 * fewer wait until the first of them is `limits.wordFileWaitMs` old. Returns how many messages were filed.
 * Done twice at once it writes the same files. Problems: those of the record.
 */
export async function writeWordFiles(needs: WordFilesNeeds): Promise<Result<number>> {
  let after = await filedUpTo(needs.look);
  let filed = 0;
  for (let round = 0; after.ok && round < limits.wordFilesARound; round += 1) {
    const page = await needs.look.search(changedAfter(after.value, limits.wordFileMessagesMax));
    if (!page.ok) return page;
    const { versions } = page.value;
    const last = versions.at(-1);
    if (last === undefined || isToWait(versions, needs.context.clock.now())) break;
    const written = await writeFiles(versions, { after: after.value, upTo: last.position }, needs);
    if (!written.ok) return written;
    filed += written.value;
    after = ok(last.position);
  }
  return after.ok ? ok(filed) : after;
}

/** The position up to which all messages are filed; 0 before the first. */
export async function filedUpTo(look: Pick<HealthRecord, "search">): Promise<Result<Position>> {
  const newest = await upToOf(look, newestFirst({ kind: wordFileKind, all: [notRewritten], limit: 1 }));
  if (!newest.ok) return newest;
  const sort = { by: { number: "up-to" }, descending: true } as const;
  const rewritten = await upToOf(look, { kind: wordFileKind, all: [anyKey(rewrittenKey)], sort, limit: 1 });
  return rewritten.ok ? ok(Math.max(newest.value, rewritten.value)) : rewritten;
}

const notRewritten: Clause = { is: "not", of: anyKey(rewrittenKey) };

async function upToOf(look: Pick<HealthRecord, "search">, query: Query): Promise<Result<Position>> {
  const found = await look.search(query);
  if (!found.ok) return found;
  const [version] = found.value.versions;
  return ok(version === undefined ? 0 : parseBody<WordFile>(version).upTo);
}

/** Messages in the order in which they were last changed. */
function changedAfter(position: Position, limit: number): Query {
  return {
    kind: linkMessageKind,
    all: [],
    sort: { by: "updated", descending: false },
    limit,
    after: { position },
  };
}

function isToWait(versions: readonly Version[], nowMs: number): boolean {
  const [first] = versions;
  return (
    versions.length < limits.wordFileMessagesMax && first !== undefined && nowMs - first.at < limits.wordFileWaitMs
  );
}

interface Span {
  readonly after: Position;
  readonly upTo: Position;
}

/** One file for each day on which some of them arrived. What is not decided on yet will be changed, and filed then. */
async function writeFiles(versions: readonly Version[], span: Span, needs: WordFilesNeeds): Promise<Result<number>> {
  const messages = versions
    .map((version) => ({ id: version.id, message: parseBody<LinkMessage>(version) }))
    .filter(({ message }) => message.state !== "received");
  const operations: Operation[] = [];
  const blobs: Blob[] = [];
  for (const [day, ofDay] of Map.groupBy(messages, ({ message }) => blobDayOf(message.arrivedAt))) {
    const worded: Worded[] = [];
    for (const words of await Promise.all(ofDay.map((one) => wordedOf(one, needs)))) {
      if (!words.ok) return words;
      worded.push(words.value);
    }
    const blob = filedBlob(worded, day);
    const arrived = ofDay.map(({ message }) => message.arrivedAt).sort();
    const body: WordFile = {
      day,
      ...span,
      arrivedFrom: arrived[0] ?? "",
      arrivedTo: arrived.at(-1) ?? "",
      messages: ofDay.length,
      words: blob.hash,
    };
    operations.push({ action: "update", kind: wordFileKind, id: deterministicId(String(span.after), day), body });
    blobs.push(blob);
  }
  if (operations.length === 0) return ok(0);
  const written = await needs.context.record.transact({ operations, blobs });
  return written.ok ? ok(messages.length) : written;
}

interface Filed {
  readonly id: string;
  readonly message: LinkMessage;
}

/** A message whose bytes are no longer kept has no words. */
async function wordedOf({ id, message }: Filed, { look }: WordFilesNeeds): Promise<Result<Worded>> {
  const bytes = await look.readBlob(message.raw.hash, blobDayOf(message.arrivedAt));
  if (bytes.ok) return ok({ id, words: messageWords(bytes.value, message) });
  return bytes.problems[0].category === "not-found" ? ok({ id, words: new Set<string>() }) : bytes;
}
