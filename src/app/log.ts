import { pino } from "pino";
import type { Log, LogFields } from "#kernel";
import type { Config } from "./config.ts";

interface Sink {
  write(line: string): void;
}

/**
 * One line of JSON an event, on standard error: `{"level":"info","time":"…","event":"…", fields}`. Nothing enters a line but the
 * event's name and the fields given with it; of an error, its name, message and stack, not what is attached to it,
 * because drivers attach queries and their parameters.
 */
export function jsonLog(level: Config["logLevel"], sink: Sink = process.stderr): Log {
  const logger = pino(
    {
      level,
      base: null,
      messageKey: "event",
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    sink,
  );
  return {
    debug: (event, fields) => logger.debug(plain(fields), event),
    info: (event, fields) => logger.info(plain(fields), event),
    warn: (event, fields) => logger.warn(plain(fields), event),
    error: (event, fields) => logger.error(plain(fields), event),
  };
}

function plain(fields: LogFields = {}): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, value instanceof Error ? errorFields(value) : value]),
  );
}

function errorFields(error: Error): Record<string, unknown> {
  const { name, message, stack, cause } = error;
  const { code } = error as { code?: unknown };
  return {
    name,
    message,
    ...(typeof code === "string" ? { code } : {}),
    stack,
    ...(cause instanceof Error ? { cause: errorFields(cause) } : {}),
  };
}
