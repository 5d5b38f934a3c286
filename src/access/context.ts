import type { Clock, HospitalTime, Ids } from "#kernel";
import type { HealthRecord } from "#record";
import type { Actor } from "./actor.ts";

/** All that a handler may touch. The record is already narrowed to the actor. */
export interface Context {
  readonly actor: Actor;
  readonly record: HealthRecord;
  /**
   * For who may find patients: it finds every Patient, and nothing else. Of those that `record` does not show, no more may be
   * told than who they are.
   */
  readonly finder?: HealthRecord;
  readonly clock: Clock;
  readonly hospitalTime: HospitalTime;
  readonly ids: Ids;
}
