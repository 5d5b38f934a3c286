import { z } from "zod";

const words = z.array(z.string().trim().min(1).max(64)).max(50).default([]);
const reason = z.string().trim().min(3, "Say why, in a few words.").max(500);

/** From when the years are counted. */
export const retentionBases = ["study", "last-contact"] as const;

/** How long studies are kept. Empty lists ask for nothing. Of several rules that apply to a study the strictest counts. */
export const retentionRuleBody = z.strictObject({
  description: z.string().trim().max(200).default(""),
  isOn: z.boolean().default(true),
  modalities: words,
  /** Parts of the study's description. */
  descriptions: words,
  years: z.int().min(1).max(150),
  from: z.enum(retentionBases).default("study"),
  /** Who was younger than 18 at the study: not before this birthday. */
  childUntilAge: z.int().min(18).max(150).optional(),
  /** Not before the patient's health record need not be kept either. */
  withRecord: z.boolean().default(true),
  /** A study that nobody has reported on stays. */
  keepsUnreported: z.boolean().default(true),
  /** The node that has to commit to the storage of the study first. */
  secondArchive: z.string().min(1).max(40).optional(),
});

export type RetentionRuleBody = z.infer<typeof retentionRuleBody>;

export type RetentionRuleView = RetentionRuleBody & { readonly id: string };

/** Why a study is kept whatever the rules say. */
export const studyMarks = { hold: "On hold", teaching: "For teaching", research: "For research" } as const;

export type StudyMarkName = keyof typeof studyMarks;

const marks = Object.keys(studyMarks) as [StudyMarkName, ...StudyMarkName[]];

export const markBody = z.strictObject({ mark: z.enum(marks), reason });
export const unmarkBody = z.strictObject({ reason });

/** Why a study stays, in the order in which it is looked at. */
export const keptReasons = {
  unfiled: "It waits for a person to say whom it is about",
  "no-rule": "No rule is about it",
  "no-date": "It has no study date that is one",
  "birth-unknown": "It is not known whether it is a child's",
  "not-yet": "Its time is not over",
  held: "Information governance holds it",
  restricted: "A restriction stands on the record",
  marked: "It is marked to be kept",
  unreported: "Nobody has reported on it",
  record: "The health record is still to be kept",
  "came-since": "Some of it came after the deletion was proposed",
  archive: "The second archive has not committed to it",
} as const;

export type KeptReason = keyof typeof keptReasons;

/** What the rules make of a study today. */
export interface JudgedStudyView {
  readonly uid: string;
  readonly name: string;
  readonly patientId: string;
  readonly date: string;
  readonly description: string;
  readonly modalities: readonly string[];
  readonly instances: number;
  readonly goes: boolean;
  /** The rule that keeps it longest; absent where none is about it. */
  readonly rule?: string;
  /** The first day on which it need not be kept by the rules. */
  readonly until?: string;
  readonly kept?: KeptReason;
  /** In a sentence. */
  readonly why: string;
}

export const judgedQuery = z.strictObject({ cursor: z.string().max(300).optional() });

export interface JudgedStudiesPage {
  /** So old that a rule might let them go. */
  readonly studies: readonly JudgedStudyView[];
  readonly next?: string;
}

export const deletionBody = z.strictObject({ reason });
export const deletionDecisionBody = z.strictObject({ agree: z.boolean(), reason });

export const disposalSteps = ["stop", "resume"] as const;

/** `counting`: what would go is counted; `agreed`: it goes; `stopped`: by a person, who may let it go on. */
export const imageDisposalStates = ["counting", "proposed", "refused", "agreed", "stopped", "done"] as const;

export type KeptCounts = Readonly<Partial<Record<KeptReason, number>>>;

export interface SaidView {
  /** `User/3f…`. */
  readonly by: string;
  readonly display: string;
  readonly at: string;
  readonly why: string;
}

/** A deletion by the rules: proposed by one person, agreed by another, carried out. */
export interface ImageDisposalView {
  readonly id: string;
  readonly state: (typeof imageDisposalStates)[number];
  /** The day by which times were over. */
  readonly day: string;
  /** As they were when it was proposed. */
  readonly rules: readonly RetentionRuleView[];
  readonly proposed: SaidView;
  readonly decided?: SaidView;
  /** Who stopped it, or let it go on. */
  readonly stopped?: SaidView;
  /** What would go, as it was counted. */
  readonly foreseen: { readonly studies: number; readonly objects: number; readonly kept: KeptCounts };
  readonly gone: { readonly studies: number; readonly objects: number; readonly versions: number };
  /** Studies that stayed in this pass. */
  readonly kept: KeptCounts;
  /** Studies whose second archive was asked and has not answered yet. */
  readonly waiting: number;
  /** Why it does not go on by itself. */
  readonly problem?: { readonly code: string; readonly message: string; readonly at: string };
  readonly finishedAt?: string;
}

export interface ImageRetentionPage {
  readonly rules: readonly RetentionRuleView[];
  /** Newest first. */
  readonly disposals: readonly ImageDisposalView[];
}
