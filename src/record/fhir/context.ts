import type { Clock, Ids, Result, Route } from "#kernel";
import type { HealthRecord } from "../health-record.ts";
import type { Validation } from "./operations/validate/validation.ts";
import type { AddedParameters } from "./parameters/added-parameters.ts";

/**
 * What the FHIR door touches: a record narrowed to the caller, which decides about kinds, leaves the audit, and serves
 * AuditEvents from the log.
 */
export interface FhirContext {
  readonly record: HealthRecord;
  /** Who asks. */
  readonly actor: { readonly reference: string };
  /** Whether they may use another route, which an entry of a Bundle asks; a refusal is in the audit log. */
  admit(route: Pick<Route<never>, "method" | "path" | "policy">): Promise<Result<undefined>>;
  readonly clock: Clock;
  readonly ids: Ids;
  /** Given by the door itself; without it, resources are checked by R4 and the record's definitions alone. */
  readonly validation?: Validation;
  /** Likewise: the search parameters that were added here. */
  readonly parameters?: Pick<AddedParameters, "stateOf" | "revisions">;
  /** Likewise: routes of operations that are made elsewhere, which entries of Bundles may ask too. */
  readonly inBundles?: readonly Route<FhirContext>[];
}
