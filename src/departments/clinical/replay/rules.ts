import type { LinkRouting } from "../deliveries/routing/link-routing.ts";
import type { Safeguards } from "../gates/safeguards.ts";

/** By what messages of a link are decided on and sent on: as the links run now, or as a configuration would have it. */
export interface Rules {
  /** Undefined: there is no such link. */
  of(link: string): LinkRules | undefined;
}

export interface LinkRules {
  readonly safeguards: Safeguards;
  /** Absent: nothing of this link goes further than the record. */
  readonly routing?: LinkRouting;
}
