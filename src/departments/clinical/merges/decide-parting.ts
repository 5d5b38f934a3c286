import { conflict, limits, ok, type Problem, type Result } from "#kernel";
import { type HealthRecord, parseBody } from "#record";
import type { Patient } from "#standards/fhir";
import type { MergeGroup } from "../messages/groups.ts";
import { identifierKey } from "../patients/match.ts";
import { sentIdentifiers } from "../patients/sent-identifiers.ts";
import { forestIn, type KnownMerge, readNetwork } from "./merge-network.ts";
import { counts } from "./patient-merge.ts";
import { ownNumbers } from "./placed-patient.ts";

/** The merge that a message wants undone, by the numbers of the two patients that it parts. */
export type Parting =
  | { readonly is: "refused"; readonly problems: readonly [Problem, ...Problem[]] }
  | { readonly is: "parted"; readonly merge: KnownMerge };

/** Source: HL7 v2.5.1 §3.3.37 (A37). Problems: those of the record. */
export async function decideParting(record: HealthRecord, groups: readonly MergeGroup[]): Promise<Result<Parting>> {
  const [one, other, third] = await Promise.all(groups.map((group) => ownersOf(record, group)));
  if (one === undefined || other === undefined || third !== undefined) return refused(notTwo);
  if (!one.ok) return one;
  if (!other.ok) return other;
  const network = await readNetwork(record, [...one.value, ...other.value]);
  if (!network.ok) return network;
  const forest = forestIn(network.value);
  const leads = (from: readonly string[], to: readonly string[]) =>
    from.filter((each) => to.some((end) => forest.mergedInto(end).includes(each)));
  const discarded = [...leads(one.value, other.value), ...leads(other.value, one.value)];
  const merge = network.value.merges.find(
    (known) => counts(known.merge) && discarded.includes(known.merge.discarded.reference),
  );
  if (merge === undefined) return refused(notMerged);
  return merge.merge.state === "merged" ? ok({ is: "parted", merge }) : refused(underWay);
}

/** Patients whose own one of the numbers is: `Patient/7c…`. */
async function ownersOf(record: HealthRecord, { pid }: MergeGroup): Promise<Result<readonly string[]>> {
  const keys = pid === undefined ? [] : sentIdentifiers(pid).lookup.map(identifierKey);
  if (keys.length === 0) return ok([]);
  const found = await record.search({
    kind: "Patient",
    all: [{ is: "key", any: keys }],
    sort: { by: "updated", descending: false },
    limit: limits.patientCandidatesMax,
  });
  if (!found.ok) return found;
  const patients = found.value.versions.map((version) => parseBody<Patient>(version));
  const isOwner = (patient: Patient) => ownNumbers(patient).some((number) => keys.includes(identifierKey(number)));
  return ok(patients.filter(isOwner).map(({ id }) => `Patient/${id}`));
}

function refused(problem: Problem): Result<Parting> {
  return ok({ is: "refused", problems: [problem] });
}

const notTwo = conflict("merge-not-named", "The message does not name two patients that are to be parted.", {
  where: "PID[2]-3",
});
const notMerged = conflict("not-merged", "The record has no merge of these two patients that counts.", {
  where: "PID[2]-3",
});
const underWay = conflict("merge-under-way", "The merge of these two patients is still under way.", {
  where: "PID[2]-3",
});
