import { failed, incorrect, ok, type Result } from "#kernel";
import type { Environment } from "../config.ts";

const loopback = /^(127\.\d{1,3}\.\d{1,3}\.\d{1,3}|::1|localhost)$/;

/**
 * The environment as the demonstration takes it: a folder of its own, the embedded database whatever `DATABASE_URL`
 * says, and only this machine. What its laboratory does wrong on purpose is not worth a warning.
 * Problem: `demonstration-not-local`.
 */
export function demoSettings(environment: Environment): Result<Environment> {
  const host = environment.CORRIDOR_HOST || "127.0.0.1";
  if (!loopback.test(host)) {
    const message = `The demonstration has a password that everybody knows, so it answers on this machine only: leave out CORRIDOR_HOST (${host}).`;
    return failed(incorrect("demonstration-not-local", message, { where: "CORRIDOR_HOST" }));
  }
  return ok({
    ...environment,
    CORRIDOR_DATA: environment.CORRIDOR_DATA || "./data/demo",
    CORRIDOR_LOG: environment.CORRIDOR_LOG || "error",
    DATABASE_URL: undefined,
  });
}
