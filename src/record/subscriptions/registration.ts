import { failed, incorrect, isJsonObject, type Result } from "#kernel";
import type { Version } from "../documents/document.ts";
import type { CriterionNeeds } from "./criterion.ts";
import type { StoredSubscription, SubscriptionState } from "./ports.ts";
import { readTerms, type Terms } from "./terms.ts";

/** A subscription while it is followed. */
export interface Registration {
  readonly id: string;
  /** The version of its resource that was last seen. */
  version: number;
  owner: string;
  state: SubscriptionState;
  terms: Result<Terms>;
  /** The number of its newest event. */
  events: number;
  /** The number of the newest event that arrived. */
  delivered: number;
}

/** Corridor itself, as the one who writes the status of subscriptions. */
export const statusWriter = "Worker/subscriptions";

/** As it was left when the feed was last followed. */
export function restored(
  stored: StoredSubscription,
  resource: Version | undefined,
  needs: CriterionNeeds,
): Registration {
  return { ...stored, terms: termsOf(resource, needs) };
}

/**
 * As a change of its resource makes it. Whoever writes `active` asks for it as with `requested`; that it is so, only
 * Corridor says.
 */
export function changed(
  before: Registration | undefined,
  { change, writer }: { readonly change: Version; readonly writer: string | undefined },
  needs: CriterionNeeds,
): Registration {
  const isOwn = writer === statusWriter && before !== undefined;
  const state = stateOf(change, isOwn);
  return {
    id: change.id,
    version: change.version,
    owner: isOwn ? before.owner : (writer ?? ""),
    state,
    terms: isOwn ? before.terms : termsOf(change, needs),
    events: before?.events ?? 0,
    delivered: deliveredBy(before, state),
  };
}

/** Nobody wants what waited when it was switched off. */
function deliveredBy(before: Registration | undefined, state: SubscriptionState): number {
  if (before === undefined) return 0;
  return before.state === "off" && state !== "off" ? before.events : before.delivered;
}

function stateOf(change: Version, isOwn: boolean): SubscriptionState {
  const { status } = bodyOf(change);
  if (isOwn) return status === "active" || status === "error" ? status : "off";
  return status === "requested" || status === "active" ? "requested" : "off";
}

function termsOf(version: Version | undefined, needs: CriterionNeeds): Result<Terms> {
  if (version === undefined || version.action === "delete") return failed(gone);
  return readTerms(bodyOf(version), needs);
}

const gone = incorrect("wrong-subscription", "The Subscription is not there any more.");

function bodyOf({ body }: Version) {
  const parsed: unknown = JSON.parse(body);
  return isJsonObject(parsed) ? parsed : {};
}

/** Whether changes are compared with it: also while it waits to be active, so that nothing is missed meanwhile. */
export function isFollowing({ state }: Registration): boolean {
  return state !== "off";
}
