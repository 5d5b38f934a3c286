import { failed, notFound, ok, type Result } from "#kernel";
import type { LedgerEntry } from "./ledger.ts";
import { mappingNamed } from "./mapping.ts";
import { type PreviewSource, previewMessage } from "./preview.ts";

/** `mapping` and `patientReference` as the LinkMessage names them. */
export type LedgerSource = PreviewSource & { readonly mapping: string };

/**
 * What became of every value of a message, worked out anew from its bytes and the mapping that read it.
 * Problems: not-found `mapping-not-found`, when that version of the mapping is no longer in the program.
 */
export function wholeLedger(source: LedgerSource): Result<readonly LedgerEntry[]> {
  if (mappingNamed(source.mapping) === undefined) {
    const message = `The mapping ${source.mapping} is not in this version of Corridor.`;
    return failed(notFound("mapping-not-found", message));
  }
  const preview = previewMessage(source);
  return preview.ok ? ok(preview.value.ledger) : preview;
}
