import type { Log } from "#kernel";

/** The event of a delivery that waits for a person. */
const escalation = "a person must look at a destination";

/** A receiver of the demonstration refuses now and then on purpose: on the terminal that is a warning, and no error. */
export function quieterLog(log: Log): Log {
  return {
    debug: (event, fields) => log.debug(event, fields),
    info: (event, fields) => log.info(event, fields),
    warn: (event, fields) => log.warn(event, fields),
    error: (event, fields) => (event === escalation ? log.warn(event, fields) : log.error(event, fields)),
  };
}
