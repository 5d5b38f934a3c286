/** A laboratory and a patient administration system whose merges are carried out to their end. */
import { continueMerges, mergesActor, type PatientMerge } from "#departments/clinical";
import { expectOk } from "#kernel";
import type { Patient, Resource } from "#standards/fhir";
import { contextOf } from "./handler-context.ts";
import { aLaboratory, type Laboratory } from "./laboratory.ts";

export interface MergingHospital extends Laboratory {
  /** Steps are taken until no merge is under way. */
  settle(): Promise<void>;
  merges(): Promise<readonly (PatientMerge & { readonly id: string })[]>;
  /** By any of its own numbers. */
  patientOf(number: string): Promise<Patient & { readonly id: string }>;
  /** References of what stands under a patient. */
  under(number: string, kind: string): Promise<readonly string[]>;
}

export async function aMergingHospital(): Promise<MergingHospital> {
  const laboratory = await aLaboratory();
  const { all, parts } = laboratory;
  const context = contextOf(parts, mergesActor);
  const patientOf = async (number: string) => {
    const isOwn = ({ identifier = [] }: Patient) =>
      identifier.some(({ value, use }) => value === number && use !== "old");
    const found = (await all<Patient & { id: string }>("Patient")).filter(isOwn);
    if (found[0] === undefined || found.length > 1) throw new Error(`${found.length} patients have ${number}.`);
    return found[0];
  };
  return {
    ...laboratory,
    patientOf,
    async settle() {
      expectOk(await continueMerges(context));
    },
    merges: () => all("PatientMerge"),
    async under(number, kind) {
      const { id } = await patientOf(number);
      const subjectOf = (resource: Resource) =>
        ((resource.subject ?? resource.patient) as { readonly reference?: string } | undefined)?.reference;
      const found = await all<Resource & { id: string }>(kind);
      return found.filter((resource) => subjectOf(resource) === `Patient/${id}`).map((each) => `${kind}/${each.id}`);
    },
  };
}
