import type { Clock, HospitalTime, Ids, Result } from "#kernel";
import type { HealthRecord, Key } from "#record";
import type { Actor } from "./actor.ts";
import type { AskedRoute } from "./admission.ts";
import type { NarrowedImages } from "./images/narrow-images.ts";

/** All that a handler may touch. The record is already narrowed to the actor. */
export interface Context {
  readonly actor: Actor;
  /** Whether the actor may use another route too, which this one is to call for them. See `admit`. */
  admit(route: AskedRoute): Promise<Result<undefined>>;
  readonly record: HealthRecord;
  /**
   * Those of the documents that the actor may see as they now are, or were when they were deleted. It leaves no entry in the
   * log: no more may be told of them than that they changed.
   */
  readonly sees: (keys: readonly Key[]) => Promise<Result<readonly Key[]>>;
  /**
   * For who may find patients: it finds every Patient, and nothing else. Of those that `record` does not show, no more may be
   * told than who they are.
   */
  readonly finder?: HealthRecord;
  /** What was received as images, as this actor may see it. */
  readonly images: NarrowedImages;
  readonly clock: Clock;
  readonly hospitalTime: HospitalTime;
  readonly ids: Ids;
}
