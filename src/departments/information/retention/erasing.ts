import type { Context } from "#access";
import type { Result } from "#kernel";
import type { Erasures, HealthRecord, Key } from "#record";

/** What erases, for whoever has the permission. */
export interface Erasing extends Erasures {
  /** Studies of images about these patients, or filed as these ImagingStudies, as erasures name them. */
  studiesOf(asked: {
    readonly patients: readonly string[];
    readonly documents: readonly string[];
  }): Promise<Result<readonly string[]>>;
  /** Writes the words anew by which messages are found, without these. Answers what the words stood in: it is to go too. */
  forgetWords(
    record: HealthRecord,
    messages: readonly { readonly id: string; readonly arrivedAt: string }[],
  ): Promise<Result<readonly Key[]>>;
}

/** Problems: forbidden `permission-missing`. */
export type ErasingOf = (context: Context) => Result<Erasing>;
