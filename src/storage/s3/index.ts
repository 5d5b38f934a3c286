export { isSafeEndpoint, type S3Settings } from "./s3-settings.ts";
export { openS3Storage, type S3Storage } from "./s3-storage.ts";
