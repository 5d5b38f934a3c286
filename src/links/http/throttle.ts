import type { HttpReply, HttpRequest, Meter, Result, Route } from "#kernel";
import { busy } from "#kernel";
import { Allowances } from "./allowances.ts";
import { callerNetwork } from "./caller-address.ts";
import type { Exchange, HttpLimits } from "./exchange.ts";
import { failureReply } from "./failure.ts";
import { isLoopback } from "./host-name.ts";

/** Keeps one address from asking too much, and from guessing. */
export interface Throttle {
  /** Seconds to wait, where the caller has asked or guessed too much; 0 otherwise. */
  waitSeconds(request: HttpRequest, route: Pick<Route<never>, "guesses">): number;
  /** Is told how it ended: a wrong password or token counts. */
  note(request: HttpRequest, route: Pick<Route<never>, "guesses">, result: Result<HttpReply>): void;
}

export interface ThrottleTerms {
  readonly limits: HttpLimits;
  /** Of one address that is not this machine's; 0 for as many as it likes. */
  readonly requestsPerSecondMax: number;
  readonly meter: Meter;
}

export function openThrottle({ limits, requestsPerSecondMax, meter }: ThrottleTerms): Throttle {
  const callersMax = limits.limitedCallersMax;
  const asked = new Allowances({
    burst: requestsPerSecondMax * limits.requestBurstSeconds,
    perSecond: requestsPerSecondMax,
    callersMax,
  });
  const guesses = new Allowances({ burst: limits.guessesBurst, perSecond: limits.guessesPerMinute / 60, callersMax });
  const tokens = new Allowances({
    burst: limits.badTokensBurst,
    perSecond: limits.badTokensPerMinute / 60,
    callersMax,
  });
  meter.gauge("corridor_http_limited_callers", "Addresses whose requests or guesses are counted.", () =>
    Math.max(asked.callers, guesses.callers, tokens.callers),
  );
  return {
    waitSeconds(request, route) {
      const { remoteAddress } = request;
      const isCounted = requestsPerSecondMax > 0 && !isThisMachine(remoteAddress);
      const bringsToken = request.headers.authorization !== undefined;
      if (!isCounted && !bringsToken && route.guesses !== true) return 0;
      const caller = callerNetwork(remoteAddress);
      const nowMs = performance.now();
      const guessing = route.guesses === true ? guesses.waitSeconds(caller, nowMs) : 0;
      const bringing = bringsToken ? tokens.waitSeconds(caller, nowMs) : 0;
      const wait = Math.max(guessing, bringing);
      if (wait > 0 || !isCounted) return wait;
      const asking = asked.waitSeconds(caller, nowMs);
      asked.spend(caller, nowMs);
      return asking;
    },
    note(request, route, result) {
      const refusal = result.ok ? undefined : result.problems[0];
      const isWrong = result.ok ? refusals.has(result.value.status) : refusal?.category === "forbidden";
      if (!isWrong) return;
      const caller = callerNetwork(request.remoteAddress);
      if (route.guesses === true) guesses.spend(caller, performance.now());
      const isToken = request.headers.authorization !== undefined && refusal?.code === "not-signed-in";
      if (isToken) tokens.spend(caller, performance.now());
    },
  };
}

/** How a door that writes its own refusals says that a secret or code is wrong. Source: RFC 6749 §5.2. */
const refusals: ReadonlySet<number> = new Set([400, 401, 403]);

function isThisMachine(address: string): boolean {
  return address === "127.0.0.1" || address === "::1" || isLoopback(address.replace(/^::ffff:/i, ""));
}

const tooMany = busy("too-many-requests", "Too much was asked or guessed from this address. Try again later.");

/** Source: RFC 6585 §4 (429). */
export function tooManyReply({ problemFormat, requestId }: Exchange, waitSeconds: number): HttpReply {
  const reply = failureReply([tooMany], problemFormat, requestId);
  return { ...reply, headers: { ...reply.headers, "retry-after": String(waitSeconds) } };
}
