import { failed, limits, ok, type Problem, type Result, unavailable } from "#kernel";
import { openAgents } from "./agents.ts";
import { type EndpointRule, endpointRefusal } from "./endpoint.ts";
import { type Exchanged, exchange } from "./exchange.ts";

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
  const agents = openAgents({ connectionsMax: limits.outgoingHttpConnectionsMax });
  return {
    refusal: (url) => endpointRefusal(url, rules),
    async send(hook, stop) {
      // Asked again each time: what was allowed when it was written may be no more.
      const refusal = endpointRefusal(hook.url, rules);
      if (refusal !== undefined) return failed(refusal);
      const { method, url, timeoutMs } = hook;
      const sent = {
        method,
        address: new URL(url),
        headers: Object.fromEntries(hook.headers),
        body: Buffer.from(hook.body, "utf8"),
        timeoutMs,
        answerBytesMax: limits.subscriptionAnswerBytesMax,
        agents,
      };
      return verdict(await exchange(sent, stop), timeoutMs);
    },
    close: () => agents.close(),
  };
}

function verdict(exchanged: Exchanged, timeoutMs: number): Result<void> {
  if (exchanged.is !== "answered") return failed(exchanged.isLate ? silent(timeoutMs) : notSent(exchanged.cause));
  const { status } = exchanged;
  if (status >= 200 && status < 300) return ok(undefined);
  return failed(unavailable("hook-refused", `The receiver answered with status ${status}.`));
}

function silent(timeoutMs: number): Problem {
  return unavailable("hook-silent", `The receiver did not answer within ${timeoutMs} ms.`);
}

function notSent(cause: unknown): Problem {
  const { code } = (cause ?? {}) as NodeJS.ErrnoException;
  return unavailable("hook-not-sent", `The receiver cannot be reached${code === undefined ? "" : ` (${code})`}.`, {
    cause,
  });
}
