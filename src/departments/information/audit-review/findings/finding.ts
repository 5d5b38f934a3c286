import { incorrect, type JsonObject } from "#kernel";
import { type KindDefinition, noEntries } from "#record";
import type { Evidence } from "./judge.ts";
import type { FindingOutcome } from "./outcomes.ts";

export const findingKind = "AuditFinding";

/** One person who looked at one patient's record on one day, and what is unusual about it. */
export interface AuditFinding {
  /** `User/3f…`. */
  readonly person: string;
  readonly personName: string;
  readonly roles: readonly string[];
  readonly patient: string;
  readonly day: string;
  readonly at: string;
  readonly evidence: readonly Evidence[];
  readonly weight: number;
  /** The entry of the log that it was found at. */
  readonly entry: number;
  readonly reviewer?: { readonly reference: string; readonly display: string };
  readonly outcome?: FindingOutcome;
  readonly note?: string;
  readonly decidedAt?: string;
}

/** What stands for person, patient and day together. */
export function caseKey({ person, patient, day }: Pick<AuditFinding, "person" | "patient" | "day">): string {
  return `case=${person} ${patient} ${day}`;
}

export const findingDefinition: KindDefinition = {
  kind: findingKind,
  check: (body) =>
    ["person", "patient", "day", "at", "evidence"]
      .filter((element) => body[element] === undefined)
      .map((element) => incorrect("element-missing", `${element} is missing.`, { where: `${findingKind}.${element}` })),
  index: (body: JsonObject) => {
    const finding = body as unknown as AuditFinding;
    return {
      ...noEntries,
      keys: [
        caseKey(finding),
        `person=${finding.person}`,
        `patient=${finding.patient}`,
        `outcome=${finding.outcome ?? "open"}`,
        ...finding.evidence.map(({ rule }) => `rule=${rule}`),
      ],
    };
  },
};
