import { readFile, stat } from "node:fs/promises";
import { createSecureContext } from "node:tls";
import {
  failed,
  incorrect,
  type Log,
  limits,
  type OutgoingMessage,
  ok,
  type Problem,
  type Result,
  type Sender,
  type SenderStatus,
  type SendOutcome,
  unavailable,
} from "#kernel";
import { type Agents, type ClientTls, openAgents, readClientTls } from "./agents.ts";
import { httpUrl } from "./endpoint.ts";
import { type Exchanged, exchange, type HttpAnswer } from "./exchange.ts";

/** What every sender by HTTP is told. */
export interface PostSenderOptions {
  /** The destination's, for the log. */
  readonly name: string;
  /** http or https, without a user in it. */
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Header to the path of a file whose first line is its value. Read with the certificates, at the first message. */
  readonly secretHeaders?: Readonly<Record<string, string>>;
  readonly tls?: ClientTls;
  /** For the whole exchange; then it is `unanswered`. */
  readonly answerWithinMs: number;
  readonly log: Log;
}

/** What one kind of sender makes of a message and of its answer. */
export interface PostForm {
  address(base: URL): URL;
  headers(message: OutgoingMessage): Readonly<Record<string, string>>;
  outcome(answer: HttpAnswer, message: OutgoingMessage): SendOutcome;
}

interface Prepared {
  /** What the files were like that it was made of, and when that was last looked at. */
  readonly stamp: string;
  lookedAtMs: number;
  readonly agents: Agents;
  readonly address: URL;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Posts each message, over connections that are kept. Connections and secrets are made at the first message; anew after one
 * that was not answered; and when a file of them has changed, which is looked at each `limits.certificateLookMs`. What was
 * renewed and cannot be used leaves the old in use.
 */
export function postSender(options: PostSenderOptions, form: PostForm): Sender {
  const { name, log, answerWithinMs } = options;
  const closing = new AbortController();
  let status: SenderStatus = { state: "idle", text: "nothing sent yet" };
  let prepared: Promise<Result<Prepared>> | undefined;

  async function post(message: OutgoingMessage, signal: AbortSignal): Promise<SendOutcome> {
    if (closing.signal.aborted) return { is: "unreachable", problem: senderClosed };
    prepared ??= prepare(options, form);
    const preparing = prepared;
    const ready = await preparing;
    const forget = () => {
      if (prepared === preparing) prepared = undefined;
    };
    if (!ready.ok) {
      forget();
      return { is: "unreachable", problem: ready.problems[0] };
    }
    const current = await renewed(ready.value, options, form);
    if (current !== ready.value && prepared === preparing) prepared = Promise.resolve(ok(current));
    const { agents, address, headers } = current;
    const sent = {
      method: "POST",
      address,
      headers: { ...form.headers(message), ...headers },
      body: message.body,
      timeoutMs: answerWithinMs,
      answerBytesMax: limits.outgoingHttpAnswerBytesMax,
      agents,
    } as const;
    const exchanged = await exchange(sent, AbortSignal.any([signal, closing.signal]));
    const outcome = exchanged.is === "answered" ? form.outcome(exchanged, message) : lost(exchanged, answerWithinMs);
    // Also where an answer was another message's: who knows what else comes on that connection.
    if (outcome.is === "unanswered" || outcome.is === "unreachable") forget();
    return outcome;
  }

  return {
    async send(message, signal) {
      const outcome = await post(message, signal);
      if (!signal.aborted) status = statusAfter(outcome);
      if (outcome.is !== "accepted")
        log.warn("message not delivered", { destination: name, problem: outcome.problem.code });
      return outcome;
    },
    status: () => (closing.signal.aborted ? { state: "closed", text: "closed" } : status),
    async close() {
      closing.abort();
      const ready = await prepared;
      if (ready?.ok === true) ready.value.agents.close();
    },
  };
}

/** Exchanges that are under way end on the old connections, which are closed when they are idle. */
async function renewed(current: Prepared, options: PostSenderOptions, form: PostForm): Promise<Prepared> {
  if (Date.now() - current.lookedAtMs < limits.certificateLookMs) return current;
  current.lookedAtMs = Date.now();
  if ((await stampOf(options)) === current.stamp) return current;
  const made = await prepare(options, form);
  if (made.ok) return made.value;
  const { name, log } = options;
  log.warn("certificates of a destination not renewed", { destination: name, problem: made.problems[0].code });
  return current;
}

async function prepare(
  { url, headers, secretHeaders, tls }: PostSenderOptions,
  form: PostForm,
): Promise<Result<Prepared>> {
  const base = httpUrl(url);
  if (base === undefined) {
    return failed(incorrect("address-invalid", "A destination's address is http or https, without a user in it."));
  }
  // Before they are read: what changes meanwhile is read again.
  const stamp = await stampOf({ secretHeaders, tls });
  const secrets = await readSecrets(secretHeaders ?? {});
  if (!secrets.ok) return secrets;
  const read = tls === undefined ? ok({}) : await readClientTls(tls);
  if (!read.ok) return read;
  const { outgoingHttpConnectionsMax: connectionsMax, outgoingHttpIdleMs: idleMs } = limits;
  try {
    createSecureContext(read.value);
    const agents = openAgents({ connectionsMax, idleMs, tls: read.value });
    const all = { ...inLowerCase(headers ?? {}), ...secrets.value };
    return ok({ agents, address: form.address(base), headers: all, stamp, lookedAtMs: Date.now() });
  } catch (cause) {
    return failed(unavailable("tls-file-unreadable", "The certificates of this destination are none.", { cause }));
  }
}

/** Changes when one of the files does. */
async function stampOf({ secretHeaders = {}, tls }: Files): Promise<string> {
  const { authority, certificate, key } = tls ?? {};
  const paths = [authority, certificate, key, ...Object.values(secretHeaders)].filter((path) => path !== undefined);
  const seen = await Promise.all(paths.map((path) => stat(path).catch(() => undefined)));
  return seen.map((file) => `${file?.mtimeMs}/${file?.size}/${file?.ino}`).join(" ");
}

interface Files {
  readonly secretHeaders?: PostSenderOptions["secretHeaders"] | undefined;
  readonly tls?: ClientTls | undefined;
}

async function readSecrets(files: Readonly<Record<string, string>>): Promise<Result<Record<string, string>>> {
  try {
    const read = Object.entries(files).map(async ([name, path]) => {
      const [line = ""] = (await readFile(path, "utf8")).split(/\r?\n/);
      return [name.toLowerCase(), line] as const;
    });
    return ok(Object.fromEntries(await Promise.all(read)));
  } catch (cause) {
    return failed(unavailable("secret-unreadable", "A file with a secret header cannot be read.", { cause }));
  }
}

function inLowerCase(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

function lost({ is, isLate, cause }: Exclude<Exchanged, HttpAnswer>, answerWithinMs: number): SendOutcome {
  const { code } = (cause ?? {}) as NodeJS.ErrnoException;
  const why = code === undefined ? "" : ` (${code})`;
  if (is === "not-sent") {
    return {
      is: "unreachable",
      problem: unavailable("not-connected", `The receiver cannot be reached${why}.`, { cause }),
    };
  }
  const problem = isLate
    ? unavailable("no-answer", `The receiver did not answer within ${answerWithinMs} ms.`)
    : unavailable("connection-lost", `The connection broke before the answer came${why}.`, { cause });
  return { is: "unanswered", problem };
}

function statusAfter(outcome: SendOutcome): SenderStatus {
  switch (outcome.is) {
    case "accepted":
      return { state: "connected", text: "the last message was accepted" };
    case "refused":
      return { state: "connected", text: `the last message was refused: ${outcome.problem.message}` };
    case "unanswered":
    case "unreachable":
      return { state: "failing", text: outcome.problem.message };
  }
}

/** The answer's bytes, for who keeps them; none where it was empty or cut off. */
export function answerBytes({ body, isWhole }: HttpAnswer): { readonly answer?: Uint8Array } {
  return isWhole && body.length > 0 ? { answer: body } : {};
}

/** An answer that does not say clearly that it is of this message. */
export function unclear(code: string, message: string): { readonly is: "unanswered"; readonly problem: Problem } {
  return { is: "unanswered", problem: unavailable(code, message) };
}

const senderClosed = unavailable("sender-closed", "The sender was closed.");
