import { ok, type Result } from "#kernel";
import type { Kind } from "#record";
import { may } from "../actor.ts";
import type { View } from "./view.ts";

/** Of those that the actor may search. Of the log it is not asked. */
export async function kindsHolding(
  { actor, record }: View,
  kinds: readonly Kind[],
  key?: string,
): Promise<Result<readonly Kind[]>> {
  const open = kinds.filter((kind) => may(actor, kind, "search"));
  const found = await record.kindsHolding(
    open.filter((kind) => kind !== "AuditEvent"),
    key,
  );
  if (!found.ok) return found;
  const held = new Set(found.value);
  return ok(open.filter((kind) => kind === "AuditEvent" || held.has(kind)));
}
