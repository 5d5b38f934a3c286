import { failed, ok, type Problem, type Result, unavailable } from "#kernel";
import type { BlobStore, StreamedBlobs } from "#record";
import { openBlobs } from "./s3-blobs.ts";
import { openClient, type S3Client } from "./s3-client.ts";
import { S3Failure } from "./s3-failure.ts";
import { listFolders } from "./s3-listing.ts";
import { removeObject, writeObject } from "./s3-objects.ts";
import type { S3Settings } from "./s3-settings.ts";
import { openStreamed } from "./s3-streamed.ts";

/** What a bucket keeps: content too large for the database below `blobs/`, images below `images/`. */
export interface S3Storage {
  readonly blobs: BlobStore;
  readonly images: StreamedBlobs;
}

/**
 * A bucket, tried for everything that is needed of it. Problems: unavailable `s3-bucket-missing`, `s3-forbidden`,
 * `s3-key-unknown`, `s3-signature-refused`, `s3-region-wrong`, `s3-endpoint-wrong`, `s3-clock-wrong`, `s3-unreachable`,
 * `s3-refused`.
 */
export async function openS3Storage(settings: S3Settings): Promise<Result<S3Storage>> {
  const client = openClient(settings);
  try {
    await tryOut(client);
  } catch (error) {
    return failed(problemOf(error));
  }
  return ok({
    blobs: openBlobs(client, `${settings.prefix}blobs/`),
    images: openStreamed(client, `${settings.prefix}images/`),
  });
}

async function tryOut(client: S3Client): Promise<void> {
  const { prefix, instance } = client.settings;
  await listFolders(client, `${prefix}blobs/days/`);
  const name = `${prefix}trial-${instance}`;
  await writeObject(client, name, { body: [Buffer.from("Corridor writes here.\n")] });
  await removeObject(client, name);
}

function problemOf(error: unknown): Problem {
  if (error instanceof S3Failure) return error.problem;
  return unavailable("s3-unreachable", "S3 storage cannot be used.", { cause: error });
}
