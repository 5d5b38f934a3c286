import { ok, type Result } from "#kernel";
import {
  type Blob,
  type BlobDay,
  type BlobHash,
  dailyBlobOf,
  type HealthRecord,
  isBlobDay,
  isBlobHash,
  type KindDefinition,
  noEntries,
  type Position,
} from "#record";
import { sound } from "../watch/sound.ts";
import { joinedWords } from "./message-words.ts";

export const wordFileKind = "MessageWords";

/**
 * The words of some hundred messages that arrived on one day and were last changed between two positions of the record. A
 * message that is changed later is in a later file too, and counts there.
 */
export type WordFile = {
  /** In UTC. The words are kept for as long as the messages of that day. */
  readonly day: BlobDay;
  /** Changed after this position, … */
  readonly after: Position;
  /** … and up to this one. */
  readonly upTo: Position;
  /** When the first and the last of them arrived. */
  readonly arrivedFrom: string;
  readonly arrivedTo: string;
  readonly messages: number;
  /** The blob that holds the ids of the messages and their words. */
  readonly words: BlobHash;
};

export const wordFileDefinition: KindDefinition = {
  kind: wordFileKind,
  check: ({ day, after, upTo, words }) =>
    sound(
      isBlobDay(String(day)) && Number.isSafeInteger(after) && Number.isSafeInteger(upTo) && isBlobHash(String(words)),
      wordFileKind,
    ),
  index: (body) => {
    const { day, arrivedFrom, arrivedTo } = body as unknown as WordFile;
    const arrived = { parameter: "arrived", fromMs: Date.parse(arrivedFrom), toMs: Date.parse(arrivedTo) + 1 };
    return { ...noEntries, keys: [`day=${day}`], dates: [arrived] };
  },
};

/** What the blob of a word file says. */
export interface FiledWords {
  readonly ids: readonly string[];
  /** As `joinedWords` has them. */
  readonly joined: string;
}

export function filedBlob(ids: readonly string[], words: Iterable<string>, day: BlobDay): Blob {
  return dailyBlobOf(new TextEncoder().encode(`${ids.join(" ")}${joinedWords(words)}`), day);
}

/** Undefined where they are no longer kept. Problems: those of the record. */
export async function readFiledWords(
  record: Pick<HealthRecord, "readBlob">,
  { words, day }: WordFile,
): Promise<Result<FiledWords | undefined>> {
  const bytes = await record.readBlob(words, day);
  if (!bytes.ok) return bytes.problems[0].category === "not-found" ? ok(undefined) : bytes;
  const text = new TextDecoder().decode(bytes.value);
  const end = text.indexOf("\n");
  return ok({ ids: text.slice(0, end).split(" "), joined: text.slice(end) });
}
