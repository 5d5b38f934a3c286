import type { JsonObject, Result } from "#kernel";
import type { HealthRecord } from "../../health-record.ts";

/** By which rules what is exported loses its identifiers, and for which project pseudonyms are made; plain data. */
export interface DeidentifiedAs {
  readonly rules: string;
  readonly project: string;
}

/** Takes identifiers out of what is exported. Implemented outside the record, which knows no rules. */
export interface Deidentifiers {
  /** Problems: not-found `rules-unknown`; incorrect `project-name-incorrect`. */
  check(as: DeidentifiedAs): Result<undefined>;
  /**
   * What remains of each resource; the patients of `record` are gone through first, so that all that is of one of them is moved
   * by the same days. Problems: those of `check`; of the key and of reading; `unsupported` for too many patients.
   */
  open(as: DeidentifiedAs, record: HealthRecord): Promise<Result<Deidentify>>;
}

export type Deidentify = (resource: JsonObject) => Result<JsonObject>;
