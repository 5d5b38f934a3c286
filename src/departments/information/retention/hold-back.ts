import type { Context } from "#access";
import { type JsonObject, ok, type Result, toIso } from "#kernel";
import { type Operation, parseBody, type Version } from "#record";
import { type KnownDisposal, writeDisposal } from "./disposal-store.ts";

interface Waiting {
  readonly state: string;
}

/**
 * Ends the deliveries that are still on their way, so that nothing of the record leaves, and notes in the same commit how many
 * there were. Answers the disposal as it then is. Problems: conflict where one was sent meanwhile; those of the record.
 */
export async function holdBack(
  context: Context,
  { documents, known }: { readonly documents: readonly Version[]; readonly known: KnownDisposal },
): Promise<Result<KnownDisposal>> {
  const waiting = documents.filter(
    (version) => version.kind === "Delivery" && ["queued", "parked"].includes(parseBody<Waiting>(version).state),
  );
  if (waiting.length === 0) return ok(known);
  const settledAt = toIso(context.clock.now());
  const operations = waiting.map((version): Operation => {
    const { resourceType: _type, id: _id, meta: _meta, nextTryAt: _next, ...delivery } = parseBody<JsonObject>(version);
    const from = delivery.state ?? "queued";
    const body: JsonObject = { ...delivery, state: "cancelled", from, settledAt, comment: heldBack };
    return { action: "update", kind: "Delivery", id: version.id, body, ifMatch: version.version };
  });
  const disposal = { ...known.disposal, heldBack: (known.disposal.heldBack ?? 0) + waiting.length };
  const written = await writeDisposal(context, { ...known, disposal }, operations);
  return written.ok ? ok({ ...known, version: known.version + 1, disposal }) : written;
}

const heldBack = "Held back: the patient's record is being erased.";
