import type { Said } from "../items/item.ts";

export const sheetKind = "DisclosureSheet";
export const packKind = "DisclosurePack";

/** Why a person must look at a document before it leaves. */
export const disclosureFlags = ["third-party", "serious-harm", "free-text", "sensitive"] as const;

export type DisclosureFlag = (typeof disclosureFlags)[number];

/** Why something is withheld. Source: Data Protection Act 2018, schedules 2 to 4; UK GDPR art 15(4). */
export const grounds = {
  "third-party": "About somebody else, who has not agreed (Data Protection Act 2018, schedule 2, paragraph 16)",
  "serious-harm": "Likely to cause serious harm to health (Data Protection Act 2018, schedule 3, paragraph 5)",
  "child-abuse": "Child abuse data, against the child's interests (Data Protection Act 2018, schedule 3, paragraph 21)",
  "legal-privilege": "Legal professional privilege (Data Protection Act 2018, schedule 2, paragraph 19)",
  crime: "Would prejudice preventing or detecting crime (Data Protection Act 2018, schedule 2, paragraph 2)",
  "out-of-scope": "Not about the person, or outside what was asked for",
} as const;

export type Ground = keyof typeof grounds;

export const groundNames = Object.keys(grounds) as unknown as readonly [Ground, ...Ground[]];

export type Passage = { readonly text: string; readonly ground: Ground };

export type Decision =
  | { readonly is: "give"; readonly said: Said }
  | { readonly is: "withhold"; readonly ground: Ground; readonly said: Said }
  | { readonly is: "redact"; readonly passages: readonly Passage[]; readonly said: Said };

/** One document that is held about the person, and what is to be done with it. */
export type DisclosureEntry = {
  readonly kind: string;
  readonly id: string;
  /** The version that was reviewed: another one is to be reviewed anew. */
  readonly version: number;
  readonly title: string;
  /** Day or instant. */
  readonly date?: string;
  readonly flags: readonly DisclosureFlag[];
  readonly decision?: Decision;
  /** The second person, where serious harm is weighed. */
  readonly confirmed?: Said;
};

/** Some of the documents that a request has gathered. */
export type DisclosureSheet = {
  readonly item: string;
  readonly number: number;
  readonly patient: string;
  readonly entries: readonly DisclosureEntry[];
};

export const packStates = ["building", "ready", "failed", "collected"] as const;

/** What leaves: one zip file, kept in parts. Its id is that of the item. */
export type DisclosurePack = {
  readonly item: string;
  readonly patient: string;
  readonly state: (typeof packStates)[number];
  readonly asked: Said;
  readonly done: number;
  readonly total: number;
  readonly parts: readonly { readonly hash: string; readonly sizeBytes: number }[];
  readonly sizeBytes: number;
  readonly given: number;
  readonly withheld: number;
  readonly redacted: number;
  readonly readyAt?: string;
  readonly problem?: string;
  readonly collected?: Said;
};

/** Serious harm takes two people, whatever is decided. Source: Data Protection Act 2018, schedule 3, paragraph 5. */
export function needsSecond({ flags, decision }: DisclosureEntry): boolean {
  return flags.includes("serious-harm") || groundsOf(decision).includes("serious-harm");
}

/** It may leave, or stay behind, as it was decided. */
export function isSettled(entry: DisclosureEntry): boolean {
  return entry.decision !== undefined && (!needsSecond(entry) || entry.confirmed !== undefined);
}

export function groundsOf(decision: Decision | undefined): readonly Ground[] {
  if (decision === undefined || decision.is === "give") return [];
  return decision.is === "withhold" ? [decision.ground] : decision.passages.map(({ ground }) => ground);
}
