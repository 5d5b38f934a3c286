import { type Problem, unavailable } from "#kernel";

/** What the storage said, without anything of the request: that carries the signature. */
export interface S3Refusal {
  readonly status: number;
  /** `NoSuchBucket`; empty where the answer had none. */
  readonly code: string;
}

/** Thrown where the storage could not do what it was asked. Its message is the problem's. */
export class S3Failure extends Error {
  override readonly name = "S3Failure";
  readonly problem: Problem;
  readonly refusal: S3Refusal | undefined;

  constructor(problem: Problem, refusal?: S3Refusal) {
    super(problem.message);
    this.problem = problem;
    this.refusal = refusal;
  }
}

const told: Readonly<Record<string, readonly [code: string, message: string]>> = {
  NoSuchBucket: ["s3-bucket-missing", "There is no such bucket: make it, or name another with CORRIDOR_S3_BUCKET."],
  AccessDenied: [
    "s3-forbidden",
    "The key may not do this: let it read, write, list and delete in the bucket, parts of uploads included.",
  ],
  InvalidAccessKeyId: ["s3-key-unknown", "The storage does not know the key of CORRIDOR_S3_KEY_ID."],
  SignatureDoesNotMatch: [
    "s3-signature-refused",
    "The signature is refused: check the file of CORRIDOR_S3_SECRET_FILE and CORRIDOR_S3_REGION.",
  ],
  RequestTimeTooSkewed: ["s3-clock-wrong", "This machine's clock and the storage's differ too much: set them right."],
  AuthorizationHeaderMalformed: ["s3-region-wrong", "The bucket is in another region: set CORRIDOR_S3_REGION to it."],
  PermanentRedirect: ["s3-endpoint-wrong", "The bucket is at another address: set CORRIDOR_S3_ENDPOINT to it."],
};

const codeOfStatus: Readonly<Record<number, string>> = { 301: "PermanentRedirect", 403: "AccessDenied" };

/** What was done reads like `writing`, `listing`. */
export function refused(doing: string, refusal: S3Refusal): S3Failure {
  const known = told[refusal.code] ?? told[codeOfStatus[refusal.status] ?? ""];
  if (known !== undefined) return new S3Failure(unavailable(known[0], `S3 storage, ${doing}: ${known[1]}`), refusal);
  const said = `it answered ${refusal.status}${refusal.code === "" ? "" : ` ${refusal.code}`}`;
  const message = `S3 storage, ${doing}: ${said}; look at the storage's own log.`;
  return new S3Failure(unavailable("s3-refused", message), refusal);
}

/** Nothing came back, or what is no answer. */
export function unanswered(doing: string, cause: NodeJS.ErrnoException): S3Failure {
  const why = cause.code ?? cause.message;
  const message = `S3 storage, ${doing}: it does not answer (${why}): check CORRIDOR_S3_ENDPOINT, its certificate and the way there.`;
  return new S3Failure(unavailable("s3-unreachable", message));
}
