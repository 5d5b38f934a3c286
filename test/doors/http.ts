/** The HTTP door on a free port, for tests; it stops with the test. */

import type { TestContext } from "node:test";
import { setTimeout as passed } from "node:timers/promises";
import { expectOk, fixedClock, jsonReply, ok, type Result, type Route } from "#kernel";
import { type HttpServer, type HttpServerOptions, startHttpServer } from "#links/http";
import { type Logged, recordingLog, recordingMeter } from "./recording.ts";

type Options = Partial<HttpServerOptions<undefined>>;

export interface OpenDoor extends HttpServer {
  readonly logged: readonly Logged[];
  readonly counted: readonly string[];
  /** Tries to open a second door like this one. */
  another(options: Options): Promise<Result<HttpServer>>;
}

export async function anOpenDoor(t: TestContext, options: Options): Promise<OpenDoor> {
  const logged: Logged[] = [];
  const counted: string[] = [];
  const usual: HttpServerOptions<undefined> = {
    host: "127.0.0.1",
    port: 0,
    routes: [],
    contextFor: async () => ok(undefined),
    log: recordingLog(logged),
    meter: recordingMeter(counted),
    clock: fixedClock("2026-11-23T09:00:00Z"),
    ...options,
  };
  const server = expectOk(await startHttpServer(usual));
  t.after(() => server.stop());
  return { ...server, logged, counted, another: (changes) => startHttpServer({ ...usual, ...changes }) };
}

/** `GET /thing`, open to everyone, that answers `{}`. */
export function aRoute(changes: Partial<Route<undefined>>): Route<undefined> {
  return {
    method: "GET",
    path: "/thing",
    policy: "public",
    summary: "A thing.",
    handle: async () => ok(jsonReply({})),
    ...changes,
  };
}

/** Waits for what others are about to do; fails after two seconds. */
export async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; tries < 400; tries += 1) {
    if (holds()) return;
    await passed(5);
  }
  throw new Error("It did not come about in two seconds.");
}
