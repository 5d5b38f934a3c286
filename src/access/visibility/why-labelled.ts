import { ok, type Result } from "#kernel";
import { parseBody, type Version } from "#record";
import type { ExplanationReason } from "../explain/explain-api.ts";
import { patientsOfVersion } from "../narrow/patients.ts";
import { type Label, restrictedLabels, sealedLabels } from "./labels.ts";
import type { VisibilityQuestion } from "./visibility.ts";

interface Labelled {
  readonly meta?: { readonly security?: readonly { readonly system?: string; readonly code?: string }[] };
}

/** The labels that a document has, and those of its patients. */
export async function whyLabelled(
  { record }: VisibilityQuestion,
  document: Version,
): Promise<Result<readonly ExplanationReason[]>> {
  const ids = patientsOfVersion(document).map((patient) => patient.slice("Patient/".length));
  const others = document.kind === "Patient" ? [] : ids.map((id) => ({ kind: "Patient", id }));
  const patients = others.length === 0 ? ok([]) : await record.readMany(others);
  if (!patients.ok) return patients;
  return ok([document, ...patients.value].flatMap(labelsOf));
}

function labelsOf(version: Version): readonly ExplanationReason[] {
  const security = parseBody<Labelled>(version).meta?.security ?? [];
  const by = `${version.kind}/${version.id}`;
  const has = ({ system, code }: Label) =>
    security.some((each) => each.code === code && (each.system === undefined || each.system === system));
  return [
    ...sealedLabels.filter(has).map(({ display }) => ({ text: `Labelled ${display}.`, by })),
    ...restrictedLabels.filter(has).map(({ display }) => ({ text: `Restricted, labelled ${display}.`, by })),
  ];
}
