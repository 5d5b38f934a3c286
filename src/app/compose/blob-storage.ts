import { createHash } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import { hostname } from "node:os";
import { join } from "node:path";
import { failed, incorrect, limits, ok, type Result } from "#kernel";
import type { BlobStore, StreamedBlobs } from "#record";
import { openBlobFolder, openStreamedFolder } from "#storage/files";
import { openS3Storage, type S3Settings } from "#storage/s3";
import type { Config } from "../config.ts";

/** What is too large for the database. */
export interface BlobStorage {
  readonly blobs: BlobStore;
  /** Objects of the archive. */
  readonly images: StreamedBlobs;
}

/** The folder or the bucket of the settings. Problems: incorrect `s3-setting-missing`, `s3-file-unreadable`; those of `openS3Storage`. */
export async function openBlobStorage(config: Config): Promise<Result<BlobStorage>> {
  if (config.blobs === "folder") {
    const blobs = await openBlobFolder(join(config.dataFolder, "blobs"));
    return ok({ blobs, images: await openStreamedFolder(join(config.dataFolder, "images")) });
  }
  const settings = await s3Settings(config);
  return settings.ok ? openS3Storage(settings.value) : settings;
}

async function s3Settings(config: Config): Promise<Result<S3Settings>> {
  const { s3Endpoint: endpoint, s3Bucket: bucket, s3KeyId: keyId, s3SecretFile, s3Ca } = config;
  if (endpoint === undefined || bucket === undefined || keyId === undefined || s3SecretFile === undefined) {
    return failed(settingMissing);
  }
  const secret = await readSecret(s3SecretFile);
  if (!secret.ok) return secret;
  const authorities = s3Ca === undefined ? ok(undefined) : await readText(s3Ca, "CORRIDOR_S3_CA");
  if (!authorities.ok) return authorities;
  return ok({
    endpoint,
    bucket,
    keyId,
    secret: secret.value,
    region: config.s3Region,
    style: config.s3Style,
    prefix: config.s3Prefix ?? "",
    authorities: authorities.value,
    instance: instanceOf(config),
    waitMs: limits.s3WaitMs,
  });
}

const settingMissing = incorrect(
  "s3-setting-missing",
  "CORRIDOR_BLOBS=s3 also needs CORRIDOR_S3_ENDPOINT, CORRIDOR_S3_BUCKET, CORRIDOR_S3_KEY_ID and CORRIDOR_S3_SECRET_FILE.",
);

/** A data folder belongs to one process at a time: the next one on it takes up what this one leaves. */
function instanceOf({ dataFolder }: Config): string {
  return createHash("sha256").update(`${hostname()}\n${dataFolder}`).digest("hex").slice(0, 16);
}

async function readSecret(file: string): Promise<Result<string>> {
  const text = await readText(file, "CORRIDOR_S3_SECRET_FILE");
  if (!text.ok) return text;
  const [secret = ""] = text.value.split(/\r?\n/);
  if (secret === "") return failed(unreadable(file, "CORRIDOR_S3_SECRET_FILE", "its first line is empty"));
  const { mode } = await stat(file);
  if ((mode & 0o007) === 0) return ok(secret);
  return failed(unreadable(file, "CORRIDOR_S3_SECRET_FILE", "every user of this machine may read it: chmod 600"));
}

async function readText(file: string, setting: string): Promise<Result<string>> {
  try {
    return ok(await readFile(file, "utf8"));
  } catch (error) {
    return failed(unreadable(file, setting, (error as NodeJS.ErrnoException).code ?? "it cannot be read"));
  }
}

function unreadable(file: string, setting: string, why: string) {
  return incorrect("s3-file-unreadable", `The file ${file} of ${setting} cannot be used (${why}).`);
}
