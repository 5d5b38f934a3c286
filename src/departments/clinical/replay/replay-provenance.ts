import { corridorReferences } from "#audit";
import type { Operation } from "#record";
import type { Provenance } from "#standards/fhir";
import type { Person } from "../api/replays.ts";
import { deterministicId } from "../messages/deterministic-id.ts";
import { replayKind } from "./replay.ts";

interface Replaying {
  readonly messageId: string;
  readonly replayId: string;
  readonly by: Person | undefined;
  /** An instant. */
  readonly at: string;
}

/**
 * The writes of a message as those of a replay: what it brings names the message, the replay and who started it, in a
 * Provenance of its own beside that of the first time.
 */
export function asReplayed(operations: readonly Operation[], replaying: Replaying): readonly Operation[] {
  const { messageId, replayId, by, at } = replaying;
  const first = deterministicId("Provenance", messageId);
  return operations.map((operation): Operation => {
    if (operation.action !== "create" || operation.kind !== "Provenance" || operation.id !== first) return operation;
    const provenance = operation.body as unknown as Provenance;
    const what = { reference: `${replayKind}/${replayId}` };
    const body: Provenance = {
      ...provenance,
      recorded: at,
      agent: [...provenance.agent, ...(by === undefined ? [] : [starter(by)])] as Provenance["agent"],
      entity: [...(provenance.entity ?? []), { role: "source", what }] as NonNullable<Provenance["entity"]>,
    };
    return { ...operation, id: deterministicId("Provenance", messageId, replayId), body } as unknown as Operation;
  });
}

function starter({ reference, display }: Person): Provenance["agent"][number] {
  const system = "http://terminology.hl7.org/CodeSystem/provenance-participant-type";
  const type = { coding: [{ system, code: "performer" }] };
  return { type, who: { identifier: { system: corridorReferences, value: reference }, display } };
}
