import type { Code } from "./header/attributes.ts";

/** Who is shown. Names are PN: `Osei^Ama^^Mrs`. */
export interface PhantomPatient {
  readonly id: string;
  readonly issuer: string;
  /** Other numbers of the same person. */
  readonly otherIds?: readonly { readonly id: string; readonly issuer: string }[];
  readonly name: string;
  readonly sex: "F" | "M" | "O";
  /** `19520314` */
  readonly birthDate: string;
  readonly ageYears?: number;
}

/** What a made-up study is: everything in its images follows from this and nothing else. */
export interface PhantomStudy {
  readonly seed: number;
  readonly patient: PhantomPatient;
  readonly accessionNumber: string;
  readonly description: string;
  /** `20261123` */
  readonly date: string;
  /** `093000` */
  readonly time: string;
  readonly referringPhysician: string;
  readonly institution: string;
  readonly station: string;
  /** Where the study has one already, as from a worklist. */
  readonly studyInstanceUid?: string;
  /** What was asked for and planned, where a worklist told of it. */
  readonly step?: PhantomStep;
}

export interface PhantomStep {
  readonly procedureId: string;
  readonly procedure: string;
  readonly stepId: string;
  readonly stepDescription: string;
  readonly code?: Code;
  /** Of the performed procedure step that the modality told of. */
  readonly performedStepUid?: string;
}
