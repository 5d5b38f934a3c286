import { instant, ok, type Problem, type Result } from "#kernel";
import type { HealthRecord, Operation } from "#record";
import type { WrittenResource } from "../messages/link-message.ts";
import type { Mapping, ReadMessage } from "../messages/mapping.ts";
import { carryHeader } from "../messages/provenance.ts";
import { decideJoining } from "./decide-joining.ts";
import { decideParting } from "./decide-parting.ts";
import { carryMerges } from "./merge-segments.ts";
import { patientMergeKind } from "./patient-merge.ts";
import { mergeWrite } from "./take-step.ts";
import { undoAsked } from "./undo-step.ts";
import { decideVisits } from "./visits/decide-visits.ts";
import { mergeWrites } from "./write-merges.ts";

export type Merging =
  | { readonly is: "refused"; readonly problems: readonly [Problem, ...Problem[]] }
  | {
      readonly is: "told";
      readonly operations: readonly Operation[];
      readonly written: readonly WrittenResource[];
      readonly patientReference: string;
    };

export interface MergeMessage {
  readonly id: string;
  /** When it arrived: an instant. */
  readonly arrivedAt: string;
  readonly read: ReadMessage;
  readonly mapping: Mapping;
}

/** What a message that joins or parts patients comes to. Problems: those of the record. */
export async function decideMerging(record: HealthRecord, message: MergeMessage): Promise<Result<Merging>> {
  const { id, arrivedAt, read, mapping } = message;
  if (mapping.merging === "visit") return decideVisits(record, read);
  const { groups, patientAsOf } = read;
  carryHeader(groups.msh);
  carryMerges(groups);
  const event = groups.msh?.peek(9, 2) ?? groups.evn?.peek(1) ?? "";
  const at = instant(Date.parse(arrivedAt));
  if (mapping.merging === "part") return parted(record, message, event);
  const joining = await decideJoining(record, { groups: groups.merges, messageId: id });
  if (!joining.ok || joining.value.is === "refused") return joining as Result<Merging>;
  const told = { messageId: id, event, effectiveAt: patientAsOf, at };
  const writes = await mergeWrites(record, joining.value, told);
  if (!writes.ok) return writes;
  const patientReference = joining.value.survivor;
  if (joining.value.joins.length === 0) return ok({ is: "told", operations: [], written: [], patientReference });
  return ok({ is: "told", ...writes.value, patientReference });
}

async function parted(record: HealthRecord, message: MergeMessage, event: string): Promise<Result<Merging>> {
  const parting = await decideParting(record, message.read.groups.merges);
  if (!parting.ok || parting.value.is === "refused") return parting as Result<Merging>;
  const known = parting.value.merge;
  const by = {
    by: `LinkMessage/${message.id}`,
    display: `Message ${event}`,
    reason: "The sender has parted them again.",
  };
  const merge = undoAsked(known.merge, by, instant(Date.parse(message.arrivedAt)));
  return ok({
    is: "told",
    operations: [mergeWrite({ ...known, merge })],
    written: [{ kind: patientMergeKind, id: known.id, version: known.version + 1, effect: "updated" }],
    patientReference: known.merge.survivor.reference,
  });
}
