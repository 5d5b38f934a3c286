/** Storage outside the database. Part of `limits`. */
export const storageLimits = {
  /** Content up to this goes to S3-compatible storage in one request; larger content in parts of this size. */
  s3PartBytes: 16 * 1024 * 1024,
  /** Parts of one content; what is longer than they hold together is refused. */
  s3PartsMax: 10_000,
  /** Parts of one content that are on their way at once; who writes more waits. */
  s3PartsAtOnceMax: 2,
  /** What is copied within the storage by one request; more is copied in stretches of this size. */
  s3CopyBytesMax: 1024 * 1024 * 1024,
  /** Connections to the storage at once; a further request waits for one. */
  s3ConnectionsMax: 64,
  /** A request is tried so often where the storage does not answer or asks to come again; then it has failed. */
  s3AttemptsMax: 5,
  /** Before a request is tried a second time; before each further time twice as long. */
  s3WaitMs: 100,
  /** A connection on which nothing moves for this long has failed. */
  s3SilenceMs: 30_000,
  /** The same while the storage puts parts together or copies, which some do without a word. */
  s3LongSilenceMs: 600_000,
  /** An answer that is not content, such as a page of names; a longer one has failed. */
  s3AnswerBytesMax: 16 * 1024 * 1024,
  /** Hashes that one note of content on its way names; further ones wait for the next note. */
  s3NotedHashesMax: 1_000,
  /** What another process left unfinished is taken away when it is this old. */
  s3UnfinishedAgeMs: 24 * 60 * 60_000,
} as const;
