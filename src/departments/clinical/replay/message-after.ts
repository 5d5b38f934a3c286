import type { Context } from "#access";
import type { Operation } from "#record";
import type { LinkRouting } from "../deliveries/routing/link-routing.ts";
import type { Decision } from "../messages/decide.ts";
import { type LinkMessage, linkMessageKind } from "../messages/link-message.ts";
import { acknowledge, reasonsOf } from "../messages/outcome.ts";
import { present } from "../messages/present.ts";
import { isTaken, type StoredMessage } from "./stored-message.ts";

interface After {
  readonly decision: Decision;
  /** Where it goes from here. */
  readonly destinations: readonly string[];
  readonly routing: LinkRouting | undefined;
  readonly context: Pick<Context, "clock" | "ids">;
}

/**
 * The message as a replay leaves it; undefined where nothing is new. One that was never taken is taken now, as it would have
 * been then. One that was keeps where it went, and names what it has written besides.
 */
export function messageAfter(stored: StoredMessage, after: After): Operation | undefined {
  const { id, version, message, sent } = stored;
  const { decision, context } = after;
  const { outcome, written, patientReference, mapping, ledger, codes } = decision;
  const mapped = { reasons: reasonsOf(outcome), patientReference, mapping, ledger, codes };
  if (isTaken(message) && written.length === 0) return undefined;
  const resources = [...message.resources, ...written];
  const body = isTaken(message)
    ? present<LinkMessage>({ ...message, ...mapped, state: "mapped", resources })
    : present<LinkMessage>({
        ...message,
        ...mapped,
        ...firstRoute(stored, after),
        resources,
        acknowledgement: acknowledge(sent, outcome, context),
      });
  return { action: "update", kind: linkMessageKind, id, body, ifMatch: version };
}

function firstRoute(
  { sent }: StoredMessage,
  { decision: { outcome }, destinations, routing }: After,
): Pick<LinkMessage, "state" | "destinations" | "filteredBy"> {
  const routed = routing?.route(sent);
  const isFiltered = outcome.state === "routed" && routed?.to.length === 0;
  return {
    state: isFiltered ? "filtered" : outcome.state,
    ...(destinations.length === 0 ? {} : { destinations }),
    ...(routed?.filteredBy === undefined ? {} : { filteredBy: routed.filteredBy }),
  };
}
