import type { Actor } from "../actor.ts";
import type { Context } from "../context.ts";
import type { IdentityNeeds } from "../identity/identity-needs.ts";

/** Gets the keys that an application publishes. Throws where it may not be asked, or does not answer in time. */
export type FetchKeys = (address: string) => Promise<string>;

/** What applications are registered, let in and kept track of with. */
export interface AuthorizationNeeds extends IdentityNeeds {
  /** The record as the actor may see it, for what a person picks while they let an application in. */
  readonly contextOf: (actor: Actor) => Context;
  readonly fetchKeys: FetchKeys;
}
