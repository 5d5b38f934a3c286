import type { Context } from "#access";
import { ok, type Result, toIso } from "#kernel";
import { type ImageDecision, imageDecisionKind } from "./image-decision.ts";

/** What was decided, without who and when. */
export type Decided = Omit<ImageDecision, "by" | "display" | "at">;

/** Keeps a decision with whose it is and when it was. With an id, a decision that is noted again stays one. */
export async function noteDecision(
  { record, actor, clock }: Context,
  decided: Decided,
  { id, display }: { readonly id?: string; readonly display?: string } = {},
): Promise<Result<void>> {
  const { reference: by } = actor;
  const body: ImageDecision = { ...decided, by, display: display ?? actor.display, at: toIso(clock.now()) };
  const operation =
    id === undefined
      ? ({ action: "create", kind: imageDecisionKind, body } as const)
      : ({ action: "update", kind: imageDecisionKind, id, body } as const);
  const written = await record.transact({ operations: [operation] });
  return written.ok ? ok(undefined) : written;
}
