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
  /** It was written anew without messages that were erased: that it is newer says nothing of how far messages are filed. */
  readonly isRewritten?: true;
};

export const wordFileDefinition: KindDefinition = {
  kind: wordFileKind,
  check: ({ day, after, upTo, words }) =>
    sound(
      isBlobDay(String(day)) && Number.isSafeInteger(after) && Number.isSafeInteger(upTo) && isBlobHash(String(words)),
      wordFileKind,
    ),
  index: (body) => {
    const { day, arrivedFrom, arrivedTo, isRewritten, upTo } = body as unknown as WordFile;
    const arrived = { parameter: "arrived", fromMs: Date.parse(arrivedFrom), toMs: Date.parse(arrivedTo) + 1 };
    const entries = { ...noEntries, keys: [`day=${day}`], dates: [arrived] };
    if (isRewritten !== true) return entries;
    const numbers = [{ parameter: "up-to", low: upTo, high: upTo }];
    return { ...entries, keys: [...entries.keys, rewrittenKey], numbers };
  },
};

export const rewrittenKey = "rewritten=true";

/** What the blob of a word file says. */
export interface FiledWords {
  readonly ids: readonly string[];
  /** A line for each word, behind it the places in `ids` of the messages that have it: `\nglucose 0 4 17`. */
  readonly lines: string;
}

/** A message and its words. */
export interface Worded {
  readonly id: string;
  readonly words: ReadonlySet<string>;
}

export function filedBlob(messages: readonly Worded[], day: BlobDay): Blob {
  const places = new Map<string, string>();
  for (const [place, { words }] of messages.entries()) {
    for (const word of words) places.set(word, `${places.get(word) ?? ""} ${place}`);
  }
  const lines = [...places].map(([word, at]) => `\n${word}${at}`);
  return dailyBlobOf(new TextEncoder().encode(`${messages.map(({ id }) => id).join(" ")}${lines.join("")}\n`), day);
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
  return ok({ ids: text.slice(0, end).split(" "), lines: text.slice(end) });
}

/** The ids of the messages that have a word beginning with each of those that are asked for. */
export function idsWithEach({ ids, lines }: FiledWords, asked: readonly string[]): readonly string[] {
  let left: readonly string[] | undefined;
  for (const beginning of asked) {
    const having = placesOf(lines, beginning);
    left = left === undefined ? [...having] : left.filter((place) => having.has(place));
    if (left.length === 0) return [];
  }
  return (left ?? []).map((place) => ids[Number(place)] ?? "");
}

function placesOf(lines: string, beginning: string): ReadonlySet<string> {
  const places = new Set<string>();
  for (let at = lines.indexOf(`\n${beginning}`); at !== -1; at = lines.indexOf(`\n${beginning}`, at + 1)) {
    const [, ...behind] = lines.slice(at, lines.indexOf("\n", at + 1)).split(" ");
    for (const place of behind) places.add(place);
  }
  return places;
}
