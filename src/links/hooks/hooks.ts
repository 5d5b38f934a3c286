import { request as httpRequest, type IncomingMessage, Agent as PlainAgent, type RequestOptions } from "node:http";
import { request as httpsRequest, Agent as SecureAgent } from "node:https";
import { failed, limits, ok, type Problem, type Result, unavailable } from "#kernel";
import { type EndpointRule, endpointRefusal } from "./endpoint.ts";

/** One request to an address outside. */
export interface Hook {
  readonly method: "POST" | "PUT";
  readonly url: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
  /** For the whole exchange. */
  readonly timeoutMs: number;
}

export interface Hooks {
  /** See `endpointRefusal`. */
  refusal(url: string): Problem | undefined;
  /**
   * Ok when the receiver answered with 2xx; no redirect is followed, and of the answer nothing but its status counts.
   * Problems: `endpoint-not-allowed`; unavailable `hook-not-sent`, `hook-silent`, `hook-refused` with the status in the sentence.
   */
  send(hook: Hook, stop: AbortSignal): Promise<Result<void>>;
  close(): void;
}

/** Sends to the addresses that the rules allow, with connections that are kept for the next request. */
export function openHooks(rules: readonly EndpointRule[]): Hooks {
  const settings = { keepAlive: true, maxSockets: connectionsMax, maxFreeSockets: connectionsMax };
  const agents = { plain: new PlainAgent(settings), secure: new SecureAgent(settings) };
  return {
    refusal: (url) => endpointRefusal(url, rules),
    async send(hook, stop) {
      // Asked again each time: what was allowed when it was written may be no more.
      const refusal = endpointRefusal(hook.url, rules);
      return refusal === undefined ? exchange(hook, agents, stop) : failed(refusal);
    },
    close() {
      agents.plain.destroy();
      agents.secure.destroy();
    },
  };
}

/** To one address. */
const connectionsMax = 32;

interface Agents {
  readonly plain: PlainAgent;
  readonly secure: SecureAgent;
}

function exchange(hook: Hook, agents: Agents, stop: AbortSignal): Promise<Result<void>> {
  const { url, method, body, timeoutMs } = hook;
  const address = new URL(url);
  const patience = AbortSignal.timeout(timeoutMs);
  const options: RequestOptions = {
    method,
    headers: { ...Object.fromEntries(hook.headers), "content-length": Buffer.byteLength(body) },
    signal: AbortSignal.any([patience, stop]),
  };
  return new Promise((resolve) => {
    const fail = (cause: Error) => resolve(failed(patience.aborted ? silent(timeoutMs) : notSent(cause)));
    const answered = (response: IncomingMessage) => {
      response.once("error", fail);
      drain(response, () => resolve(verdict(response.statusCode ?? 0)));
    };
    const request =
      address.protocol === "https:"
        ? httpsRequest(address, { ...options, agent: agents.secure }, answered)
        : httpRequest(address, { ...options, agent: agents.plain }, answered);
    request.once("error", fail);
    request.end(body);
  });
}

/** A short answer is read to its end, so that its connection can be used again; a long one is cut off. */
function drain(response: IncomingMessage, done: () => void): void {
  let bytes = 0;
  response.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes <= limits.subscriptionAnswerBytesMax) return;
    done();
    response.destroy();
  });
  response.once("end", done);
}

function verdict(status: number): Result<void> {
  if (status >= 200 && status < 300) return ok(undefined);
  return failed(unavailable("hook-refused", `The receiver answered with status ${status}.`));
}

function silent(timeoutMs: number): Problem {
  return unavailable("hook-silent", `The receiver did not answer within ${timeoutMs} ms.`);
}

function notSent(cause: Error): Problem {
  const { code } = cause as NodeJS.ErrnoException;
  return unavailable("hook-not-sent", `The receiver cannot be reached${code === undefined ? "" : ` (${code})`}.`, {
    cause,
  });
}
