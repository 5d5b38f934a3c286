import { fault, limits } from "#kernel";
import type { S3Client } from "./s3-client.ts";
import { S3Failure, unanswered } from "./s3-failure.ts";
import { copyObject, copySource, sizeOf, type ToWrite } from "./s3-objects.ts";
import { rootOf, textOf } from "./s3-xml.ts";

/** An object that is put together of parts. Nothing is there under its name before `complete` resolves. */
export interface PartedUpload {
  /** Parts may be on their way side by side; the first number is 1. */
  send(number: number, part: ToWrite): Promise<void>;
  /** The same, of bytes that the storage has already. */
  copy(number: number, from: string, range: { readonly fromByte: number; readonly toByte: number }): Promise<void>;
  complete(sizeBytes: number): Promise<void>;
  /** What was sent of it is given up. */
  abort(): Promise<void>;
}

export async function startUpload(client: S3Client, name: string): Promise<PartedUpload> {
  const doing = "starting an upload";
  const started = await client.ask({ doing, method: "POST", name, query: { uploads: "" }, failsLate: true });
  const uploadId = started === undefined ? "" : textOf(rootOf(doing, started.body), "UploadId");
  if (uploadId === "") throw unanswered(doing, new Error("it gave no upload"));
  const tags = new Map<number, string>();
  return {
    async send(number, { body, sha256 }) {
      const query = { partNumber: partNumber(number), uploadId };
      const known = sha256 === undefined ? {} : { sha256 };
      const answer = await client.ask({ doing: "writing a part", method: "PUT", name, query, body, ...known });
      tags.set(number, tagOf(answer?.headers.etag));
    },
    async copy(number, from, { fromByte, toByte }) {
      const range = { "x-amz-copy-source-range": `bytes=${fromByte}-${toByte}` };
      const answer = await client.ask({
        doing: "copying a part",
        method: "PUT",
        name,
        query: { partNumber: partNumber(number), uploadId },
        headers: { "x-amz-copy-source": copySource(client, from), ...range },
        silenceMs: limits.s3LongSilenceMs,
        failsLate: true,
      });
      tags.set(number, tagOf(answer && textOf(rootOf("copying a part", answer.body), "ETag")));
    },
    complete: (sizeBytes) => complete({ client, name, uploadId }, tags, sizeBytes),
    abort: () => abortUpload({ client, name, uploadId }),
  };
}

function partNumber(number: number): string {
  if (number <= limits.s3PartsMax) return String(number);
  throw new S3Failure(
    fault("s3-content-too-long", `S3 storage takes ${limits.s3PartsMax} parts of a content at most.`),
  );
}

function tagOf(tag: string | undefined): string {
  if (tag !== undefined && tag !== "") return tag;
  throw unanswered("writing a part", new Error("it has lost the upload"));
}

interface Upload {
  readonly client: S3Client;
  readonly name: string;
  readonly uploadId: string;
}

/** Where an answer was lost, the upload is complete and no longer there when it is asked for again. */
async function complete(
  { client, name, uploadId }: Upload,
  tags: ReadonlyMap<number, string>,
  sizeBytes: number,
): Promise<void> {
  const parts = [...tags]
    .sort(([one], [other]) => one - other)
    .map(([number, tag]) => `<Part><PartNumber>${number}</PartNumber><ETag>${escaped(tag)}</ETag></Part>`);
  const text = `<CompleteMultipartUpload xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${parts.join("")}</CompleteMultipartUpload>`;
  const doing = "putting parts together";
  const answer = await client.ask({
    doing,
    method: "POST",
    name,
    query: { uploadId },
    body: [Buffer.from(text)],
    silenceMs: limits.s3LongSilenceMs,
    failsLate: true,
  });
  if (answer !== undefined || (await sizeOf(client, name)) === sizeBytes) return;
  throw unanswered(doing, new Error("it has lost the upload"));
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}

/** It need not be there any more. */
export async function abortUpload({ client, name, uploadId }: Upload): Promise<void> {
  await client.ask({ doing: "giving up an upload", method: "DELETE", name, query: { uploadId } });
}

/** Gives an object another name within the storage. The first name stays. Throws where the object is not there. */
export async function copyWhole(
  client: S3Client,
  { from, to, sizeBytes }: { readonly from: string; readonly to: string; readonly sizeBytes: number },
): Promise<void> {
  if (sizeBytes <= limits.s3CopyBytesMax) {
    if (await copyObject(client, from, to)) return;
    throw unanswered("copying", new Error("it has lost what was written"));
  }
  const upload = await startUpload(client, to);
  try {
    for (let fromByte = 0, number = 1; fromByte < sizeBytes; fromByte += limits.s3CopyBytesMax, number += 1) {
      const toByte = Math.min(fromByte + limits.s3CopyBytesMax, sizeBytes) - 1;
      await upload.copy(number, from, { fromByte, toByte });
    }
    await upload.complete(sizeBytes);
  } catch (error) {
    await upload.abort().catch(() => {});
    throw error;
  }
}
