import { resolve } from "node:path";
import { z } from "zod";
import { isSafeEndpoint } from "#storage/s3";
import type { Setting } from "./settings.ts";

function setting<T>(value: Setting<T>): Setting<T> {
  return value;
}

const text = (pattern: RegExp) => z.string().regex(pattern).optional();

const file = z
  .string()
  .optional()
  .transform((path) => (path === undefined ? undefined : resolve(path)));

const endpoint = z
  .string()
  .regex(/^https?:\/\/[^/?#@]+$/)
  .refine((address) => URL.canParse(address) && isSafeEndpoint(address))
  .optional();

/** Where large content stands. Part of `settings`. */
export const blobSettings = {
  blobs: setting({
    name: "CORRIDOR_BLOBS",
    about: "Where large content and images stand: below the data folder, or in a bucket of S3-compatible storage.",
    takes: "folder or s3",
    default: "folder",
    schema: z.enum(["folder", "s3"]),
  }),
  s3Endpoint: setting({
    name: "CORRIDOR_S3_ENDPOINT",
    about: "Address of the S3-compatible storage; without encryption on this machine alone.",
    takes: "an address such as https://s3.eu-west-2.amazonaws.com, without a path",
    default: undefined,
    schema: endpoint,
  }),
  s3Bucket: setting({
    name: "CORRIDOR_S3_BUCKET",
    about: "The bucket there; Corridor does not make it.",
    takes: "the name of a bucket",
    default: undefined,
    schema: text(/^[A-Za-z0-9][A-Za-z0-9._-]{1,62}$/),
  }),
  s3Prefix: setting({
    name: "CORRIDOR_S3_PREFIX",
    about: "What every name in the bucket starts with, where others use the bucket too.",
    takes: "letters, digits, dots, hyphens and slashes, ending in a slash",
    default: undefined,
    schema: text(/^(?:[A-Za-z0-9._-]+\/){1,8}$/),
  }),
  s3Region: setting({
    name: "CORRIDOR_S3_REGION",
    about: "Region of the bucket, as requests are signed for it; storage of one's own mostly takes the default.",
    takes: "a name such as eu-west-2",
    default: "us-east-1",
    schema: z.string().regex(/^[A-Za-z0-9-]{1,64}$/),
  }),
  s3Style: setting({
    name: "CORRIDOR_S3_STYLE",
    about: "Whether requests name the bucket first in the path, or in front of the host.",
    takes: "path or host",
    default: "path",
    schema: z.enum(["path", "host"]),
  }),
  s3KeyId: setting({
    name: "CORRIDOR_S3_KEY_ID",
    about: "Name of the key that requests are signed with.",
    takes: "the access key ID that the storage gave",
    default: undefined,
    schema: text(/^[\x21-\x7e]{1,256}$/),
  }),
  s3SecretFile: setting({
    name: "CORRIDOR_S3_SECRET_FILE",
    about: "File with the secret of that key in its first line.",
    takes: "the path of a file that only Corridor's own user may read",
    default: undefined,
    schema: file,
  }),
  s3Ca: setting({
    name: "CORRIDOR_S3_CA",
    about: "File with the certificates (PEM) that the storage's must be signed by; when absent, those of Node.js.",
    takes: "the path of a file",
    default: undefined,
    schema: file,
  }),
};
