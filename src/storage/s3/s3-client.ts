import { createHash } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { AwsV4Signer } from "aws4fetch";
import { limits } from "#kernel";
import { openConnection, type S3Answer, type S3Connection } from "./s3-connection.ts";
import { refused, unanswered } from "./s3-failure.ts";
import { addressOf, type S3Settings } from "./s3-settings.ts";
import { errorCodeIn } from "./s3-xml.ts";

export interface S3Request {
  /** For messages: `writing`, `listing`. */
  readonly doing: string;
  readonly method: "GET" | "PUT" | "POST" | "DELETE";
  /** Of an object; empty for the bucket. Letters, digits, `.`, `_`, `-` and `/`. */
  readonly name: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: readonly Uint8Array[];
  /** Of the body, where it is known. */
  readonly sha256?: string;
  readonly silenceMs?: number;
  readonly answerBytesMax?: number;
  /** It may fail after its status has been sent: the error is in the body then. */
  readonly failsLate?: true;
  /** That there are no bytes of the range is an answer. */
  readonly mayBeEmpty?: true;
}

export interface S3Client {
  readonly settings: S3Settings;
  /**
   * The answer where the storage did what it was asked. Undefined where there is no such object or upload. Tried again
   * where that may help. Throws an `S3Failure`.
   */
  ask(request: S3Request): Promise<S3Answer | undefined>;
}

export function openClient(settings: S3Settings): S3Client {
  const connection = openConnection(settings);
  const keys = new Map<string, ArrayBuffer>();
  return {
    settings,
    async ask(request) {
      const signed = { ...request, sha256: request.sha256 ?? sha256Of(request.body ?? []) };
      for (let attempt = 1; ; attempt += 1) {
        const outcome = await askOnce({ settings, connection, keys }, signed);
        if (!("failure" in outcome)) return outcome.answer;
        if (!outcome.again || attempt === limits.s3AttemptsMax) throw outcome.failure;
        await pause(waitMs(settings.waitMs, attempt));
      }
    },
  };
}

function sha256Of(body: readonly Uint8Array[]): string {
  const digest = createHash("sha256");
  for (const piece of body) digest.update(piece);
  return digest.digest("hex");
}

/** Twice as long each time, and no two processes alike. */
function waitMs(firstMs: number, attempt: number): number {
  return firstMs * 2 ** (attempt - 1) * (0.5 + Math.random());
}

interface Way {
  readonly settings: S3Settings;
  readonly connection: S3Connection;
  /** Keys of the day that signatures are made with. */
  readonly keys: Map<string, ArrayBuffer>;
}

type Outcome =
  | { readonly answer: S3Answer | undefined }
  | { readonly failure: Error /** It may go better. */; readonly again: boolean };

async function askOnce(way: Way, request: S3Request & { readonly sha256: string }): Promise<Outcome> {
  const { method, body = [] } = request;
  const url = addressOf(way.settings, request.name, request.query);
  const headers = await signedHeaders(way, { ...request, url });
  const message = {
    method,
    url,
    headers,
    body,
    silenceMs: request.silenceMs ?? limits.s3SilenceMs,
    answerBytesMax: request.answerBytesMax ?? limits.s3AnswerBytesMax,
  };
  try {
    const answer = await way.connection(message);
    return outcomeOf(request, answer);
  } catch (error) {
    return { failure: unanswered(request.doing, error as NodeJS.ErrnoException), again: true };
  }
}

async function signedHeaders(
  { settings, keys }: Way,
  request: S3Request & { readonly url: URL; readonly sha256: string },
): Promise<Record<string, string>> {
  const lengthBytes = (request.body ?? []).reduce((sum, piece) => sum + piece.length, 0);
  const signer = new AwsV4Signer({
    method: request.method,
    url: request.url.href,
    headers: { ...request.headers, "x-amz-content-sha256": request.sha256 },
    accessKeyId: settings.keyId,
    secretAccessKey: settings.secret,
    service: "s3",
    region: settings.region,
    cache: keys,
  });
  const { headers } = await signer.sign();
  const hasBody = request.method === "PUT" || request.method === "POST";
  return { ...Object.fromEntries(headers), ...(hasBody ? { "content-length": String(lengthBytes) } : {}) };
}

const comeAgain = new Set([408, 429, 500, 502, 503, 504]);
const againCodes = new Set(["RequestTimeout", "SlowDown", "InternalError", "OperationAborted"]);

function outcomeOf({ doing, failsLate, mayBeEmpty }: S3Request, answer: S3Answer): Outcome {
  const isDone = answer.status < 300 || (answer.status === 416 && mayBeEmpty === true);
  // What is read may look like an error without being one.
  const code = isDone && failsLate !== true ? "" : errorCodeIn(answer.body);
  if (isDone && code === "") return { answer };
  if (answer.status === 404 && code !== "NoSuchBucket") return { answer: undefined };
  const again = isDone || comeAgain.has(answer.status) || againCodes.has(code);
  return { failure: refused(doing, { status: answer.status, code }), again };
}
