import { failed, incorrect, ok, type Result } from "#kernel";
import type { Criterion, NearValue } from "#standards/fhir";
import { canonicalQuantity } from "#standards/ucum";
import type { Clause, Surroundings } from "../../documents/clause.ts";
import { positionParameters } from "../fhir-entries.ts";
import type { Reading } from "./criterion-clause.ts";

/** What is near where nobody says how far: R4 leaves it to the server. */
const usualMetres = 10_000;

/** Problem: incorrect, code `wrong-search-value`, for a unit that is none of length. Source: FHIR R4 Location (near). */
export function nearClause(
  { parameter, any }: Criterion & { readonly kind: "near" },
  { where }: Reading,
): Result<Clause> {
  const surroundings: Surroundings[] = [];
  for (const { latitude, longitude, distance, unit } of any) {
    const metres = metresOf(distance, unit);
    if (metres === undefined) {
      return failed(incorrect("wrong-search-value", "The unit must be one of length in UCUM, such as km.", { where }));
    }
    surroundings.push({ latitude, longitude, metres });
  }
  const [north, east] = positionParameters(parameter);
  return ok({ is: "near", north, east, any: surroundings });
}

/** `mi` is no unit of UCUM, but what people write. */
function metresOf(distance: NearValue["distance"], unit: string): number | undefined {
  if (distance === undefined) return usualMetres;
  const length = canonicalQuantity(distance, unit === "mi" ? "[mi_i]" : unit);
  return length?.unit === "m" ? length.value : undefined;
}
