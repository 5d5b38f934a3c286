import { extendedIdentifier } from "../../messages/datatypes/cx.ts";
import type { MessageGroups } from "../../messages/groups.ts";
import type { SegmentReader } from "../../messages/message-reader.ts";
import type { Plan } from "../../messages/plan.ts";
import { visit } from "../../patients/encounter.ts";
import type { Situation } from "../../results/situation.ts";
import { carryMerges } from "../merge-segments.ts";

/** Visits that are joined (A42), or moved to another patient (A45). Source: HL7 v2.5.1 §3.3.42, §3.3.45. */
export const visitEvents = ["A42", "A45"] as const;

/** One visit of a message: whose number ceases, and the one that stands for it. */
export interface VisitPair {
  readonly mrg: SegmentReader;
  readonly pv1: SegmentReader | undefined;
}

/** Each MRG with the PV1 behind it. */
export function visitPairs(readers: readonly SegmentReader[]): readonly VisitPair[] {
  return readers.flatMap((mrg, at): readonly VisitPair[] => {
    if (mrg.name !== "MRG") return [];
    const rest = readers.slice(at + 1);
    const next = rest.findIndex(({ name }) => name === "MRG");
    const pv1 = (next === -1 ? rest : rest.slice(0, next)).find(({ name }) => name === "PV1");
    return [{ mrg, pv1 }];
  });
}

/** Reads what such a message says of the visits, for the ledger; there are no resources besides those that move. */
export function carryVisits(groups: MessageGroups, { subject }: Pick<Situation, "subject">): Plan {
  for (const { mrg, pv1 } of visitPairs(groups.readers)) {
    extendedIdentifier(mrg.field(5));
    visit({ pv1, pv2: undefined, subject });
  }
  return carryMerges(groups);
}
