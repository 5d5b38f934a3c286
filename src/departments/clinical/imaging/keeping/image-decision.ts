import { incorrect, type JsonObject } from "#kernel";
import { type KindDefinition, noEntries } from "#record";

export const imageDecisionKind = "ImageDecision";

/** Something that was decided about a study, or a part of it, and by whom. Written once, and never changed. */
export type ImageDecision = {
  readonly study: string;
  readonly is: "hidden" | "restored" | "filed" | "replaced" | "kept" | "let-go";
  readonly series?: string;
  readonly instance?: string;
  /** How many it was about. */
  readonly objects: number;
  /** Of a rejection. Source: PS3.16 CID 7011. */
  readonly code?: string;
  readonly reason: string;
  /** Of a filing: `Patient/…`; absent where it was about nobody. */
  readonly before?: string;
  readonly after?: string;
  /** `User/3f…`. */
  readonly by: string;
  readonly display: string;
  readonly at: string;
};

export const imageDecisionDefinition: KindDefinition = {
  kind: imageDecisionKind,
  check: ({ study, is, at }) =>
    [study, is, at].every((value) => typeof value === "string")
      ? []
      : [incorrect("element-invalid", "study, is or at is not sound.", { where: imageDecisionKind })],
  index: ({ study, is }: JsonObject) => ({
    ...noEntries,
    keys: [decisionKey(String(study)), decisionKey(String(study), String(is))],
  }),
};

/** What the decisions of a study are found by; of one kind, where it is named. */
export function decisionKey(study: string, is?: string): string {
  return is === undefined ? `study=${study}` : `study=${study} ${is}`;
}
