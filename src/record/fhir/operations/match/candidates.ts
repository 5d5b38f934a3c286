import { type Instant, isJsonObject, type Json, type JsonObject, ok, type Result } from "#kernel";
import { parseBody, type Version } from "../../../documents/document.ts";
import type { HealthRecord } from "../../../health-record.ts";
import { comparable } from "./blocking.ts";
import { compare } from "./comparison.ts";
import { type Grading, gradeOf } from "./grade.ts";
import { traitsOf } from "./traits.ts";

export interface Candidate extends Grading {
  readonly version: Version;
}

export interface CandidateNeeds {
  readonly record: HealthRecord;
  readonly now: Instant;
}

/**
 * Who of the record may be this person, the likeliest first. Somebody who is certainly not is named only where they share
 * an identifier, for then one of the two has a wrong one. Problems: those of a search.
 */
export async function candidatesFor(patient: JsonObject, needs: CandidateNeeds): Promise<Result<readonly Candidate[]>> {
  const traits = traitsOf(patient);
  const found = await comparable(traits, needs);
  if (!found.ok) return found;
  const candidates = found.value.flatMap((version): readonly Candidate[] => {
    const comparison = compare(traits, traitsOf(parseBody(version)));
    const grading = gradeOf(comparison);
    const isTold = grading.grade !== "certainly-not" || comparison.identifier === "same";
    return isTold ? [{ version, ...grading }] : [];
  });
  return ok(candidates.sort((one, other) => other.score - one.score || one.version.position - other.version.position));
}

/** Whether somebody has said already what two patients are to each other. Source: FHIR R4 §8.1.6.3 (Patient.link). */
export function isLinked(one: Version, other: Version): boolean {
  return names(one, other) || names(other, one);
}

function names(holder: Version, { kind, id }: Version): boolean {
  const { link } = parseBody<JsonObject>(holder);
  const links = Array.isArray(link) ? (link as readonly Json[]).filter(isJsonObject) : [];
  return links.some(({ other }) => isJsonObject(other) && String(other.reference).endsWith(`${kind}/${id}`));
}
