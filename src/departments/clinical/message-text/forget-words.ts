import { limits, ok, type Result } from "#kernel";
import { type BlobDay, blobDayOf, type HealthRecord, type Key, type Operation, parseBody, type Version } from "#record";
import { anyKey, newestFirst } from "../clauses.ts";
import { deterministicId } from "../messages/deterministic-id.ts";
import { type FiledWords, filedBlob, readFiledWords, type Worded, type WordFile, wordFileKind } from "./word-file.ts";

export interface ForgottenMessage {
  readonly id: string;
  readonly arrivedAt: string;
}

/**
 * Writes the files anew that hold words of these messages, without them, and answers the old files, which are to go. Done
 * again, it writes the same. Problems: those of the record.
 */
export async function forgetWords(
  record: Pick<HealthRecord, "search" | "readBlob" | "transact">,
  messages: readonly ForgottenMessage[],
): Promise<Result<readonly Key[]>> {
  const old: Key[] = [];
  for (const [day, ofDay] of Map.groupBy(messages, ({ arrivedAt }) => blobDayOf(arrivedAt))) {
    const gone = new Set(ofDay.map(({ id }) => id));
    const files = await filesOf(record, day);
    if (!files.ok) return files;
    for (const version of files.value) {
      const written = await writeWithout(record, version, gone);
      if (!written.ok) return written;
      if (written.value) old.push({ kind: wordFileKind, id: version.id });
    }
  }
  return ok(old);
}

async function filesOf(record: Pick<HealthRecord, "search">, day: BlobDay): Promise<Result<readonly Version[]>> {
  const found: Version[] = [];
  let query = newestFirst({ kind: wordFileKind, all: [anyKey(`day=${day}`)], limit: limits.pageSizeMax });
  for (;;) {
    const page = await record.search(query);
    if (!page.ok) return page;
    found.push(...page.value.versions);
    if (page.value.next === undefined) return ok(found);
    query = { ...query, after: page.value.next };
  }
}

/** False where the file has none of them. */
async function writeWithout(
  record: Pick<HealthRecord, "readBlob" | "transact">,
  version: Version,
  gone: ReadonlySet<string>,
): Promise<Result<boolean>> {
  const { resourceType: _type, id: _id, meta: _meta, ...file } = parseBody<WordFile & OwnMembers>(version);
  const words = await readFiledWords(record, file);
  if (!words.ok) return words;
  if (words.value === undefined || !words.value.ids.some((id) => gone.has(id))) return ok(false);
  const left = wordedOf(words.value).filter(({ id }) => !gone.has(id));
  const blob = filedBlob(left, file.day);
  const body: WordFile = { ...file, messages: left.length, words: blob.hash, isRewritten: true };
  const id = deterministicId("words without", version.id, blob.hash);
  const operation: Operation = { action: "update", kind: wordFileKind, id, body };
  const written = await record.transact({ operations: [operation], blobs: [blob] });
  return written.ok ? ok(true) : written;
}

type OwnMembers = { readonly resourceType?: unknown; readonly id?: unknown; readonly meta?: unknown };

function wordedOf({ ids, lines }: FiledWords): readonly Worded[] {
  const words = ids.map((): Set<string> => new Set());
  for (const line of lines.split("\n")) {
    const [word = "", ...places] = line.split(" ");
    if (word !== "") for (const place of places) words[Number(place)]?.add(word);
  }
  return ids.map((id, place) => ({ id, words: words[place] ?? new Set() }));
}
