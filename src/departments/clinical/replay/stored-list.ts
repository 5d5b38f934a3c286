import { type Json, type JsonObject, ok, type Result } from "#kernel";
import { type Blob, type BlobHash, blobOf, type HealthRecord } from "#record";

/** Lists and reports that are too long for a document that is written often stand beside it, as JSON. */
export function jsonBlob(value: unknown): Blob {
  return blobOf(Buffer.from(JSON.stringify(value)));
}

/** What `jsonBlob` kept. The document that names it must have been read by the same view. Problems: those of the record. */
export async function readJsonBlob<T extends readonly Json[] | JsonObject | object>(
  record: Pick<HealthRecord, "readBlob">,
  hash: BlobHash,
): Promise<Result<T>> {
  const bytes = await record.readBlob(hash);
  return bytes.ok ? ok(JSON.parse(Buffer.from(bytes.value).toString("utf8")) as T) : bytes;
}
