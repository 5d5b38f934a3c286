import type { ServerResponse } from "node:http";
import type { Log, limits, Route } from "#kernel";
import type { AllowList } from "#links/addresses";
import type { IncomingRequest } from "./incoming-request.ts";
import type { LiveStreams } from "./live-streams.ts";
import type { Observe } from "./observation.ts";
import type { SendMemory } from "./send-memory.ts";
import type { Throttle } from "./throttle.ts";

export type HttpLimits = { readonly [Name in keyof typeof limits]: number };

/** What every exchange of one server shares. */
export interface Door {
  readonly log: Log;
  readonly limits: HttpLimits;
  readonly observe: Observe;
  readonly liveStreams: LiveStreams;
  readonly sendMemory: SendMemory;
  /** `https://corridor.example`, when Corridor is reached under another address than its own. */
  readonly publicOrigin: string | undefined;
  /** Whose pages may call, besides our own; `*` for everybody's. */
  readonly corsOrigins: ReadonlySet<string>;
  /** Whose pages may call besides those, as it is at the moment; absent: nobody's. */
  readonly isOriginAllowed?: ((origin: string) => boolean) | undefined;
  /** Whether this door itself encrypts. */
  readonly isSecure: boolean;
  /** Whose `x-forwarded-for` is believed; undefined: nobody's. */
  readonly proxies: AllowList | undefined;
  readonly throttle: Throttle;
  /** True from the moment `stop()` was called: replies then end their connection. */
  isStopping(): boolean;
}

/** One request and where its answer goes. */
export interface Exchange {
  readonly door: Door;
  readonly request: IncomingRequest;
  readonly response: ServerResponse;
  /** Sent back as `x-request-id`, and in every log line about this request. */
  readonly requestId: string;
  /** The pattern of the route, never the path itself: paths hold ids of patients. */
  readonly pattern: string;
  readonly problemFormat: ProblemFormat;
  /** `performance.now()` at the start. */
  readonly startedMs: number;
}

export type ProblemFormat = NonNullable<Route<unknown>["problems"]>;
