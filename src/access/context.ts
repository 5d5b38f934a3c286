import type { Clock, HospitalTime, Ids } from "#kernel";
import type { HealthRecord } from "#record";
import type { Actor } from "./actor.ts";

/** All that a handler may touch. The record is already narrowed to the actor. */
export interface Context {
  readonly actor: Actor;
  readonly record: HealthRecord;
  readonly clock: Clock;
  readonly hospitalTime: HospitalTime;
  readonly ids: Ids;
}
