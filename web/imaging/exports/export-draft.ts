import { wordsOf } from "../imaging-words.ts";

/** An export as the fields hold it. */
export interface ExportDraft {
  readonly studies: string;
  readonly patientId: string;
  readonly accession: string;
  readonly modality: string;
  readonly from: string;
  readonly to: string;
  readonly purpose: string;
  readonly isDeidentified: boolean;
  readonly rules: string;
  readonly project: string;
  /** Undefined: those of the rules. */
  readonly options: readonly string[] | undefined;
}

export const emptyDraft: ExportDraft = {
  studies: "",
  patientId: "",
  accession: "",
  modality: "",
  from: "",
  to: "",
  purpose: "HOPERAT",
  isDeidentified: true,
  rules: "",
  project: "",
  options: undefined,
};

const chosenBy = ["patientId", "accession", "modality", "from", "to"] as const;

/** Something says which studies, and a project where people are left out. */
export function isReady(draft: ExportDraft): boolean {
  const saysWhich = [draft.studies, ...chosenBy.map((field) => draft[field])].some((text) => text.trim() !== "");
  return saysWhich && (!draft.isDeidentified || draft.project.trim() !== "");
}

/** What is not filled in is left out. */
export function bodyOf(draft: ExportDraft) {
  const { studies, purpose, isDeidentified, rules, project, options } = draft;
  const filled = chosenBy.map((field) => [field, draft[field].trim()] as const).filter(([, text]) => text !== "");
  const given = Object.fromEntries(
    filled.map(([field, text]) => [field, field === "modality" ? text.toUpperCase() : text]),
  );
  return {
    studies: wordsOf(studies),
    ...given,
    purpose,
    ...(isDeidentified ? { deidentify: { rules, project: project.trim(), ...(options && { options }) } } : {}),
  };
}
