import type { IncomingMessage } from "node:http";
import { type Clock, isId } from "#kernel";

/**
 * Names requests: as their sender did in `x-request-id` when that is an id, otherwise anew, unlike any before this start.
 * Source: FHIR R4 §3.1.0.15 (custom headers).
 */
export function requestIds(clock: Clock): (message: Pick<IncomingMessage, "headers">) => string {
  const start = clock.now().toString(36);
  let count = 0;
  return ({ headers }) => {
    const given = headers["x-request-id"];
    if (typeof given === "string" && isId(given)) return given;
    count += 1;
    return `${start}-${count.toString(36)}`;
  };
}
