import { failed, notFound, ok, type Result } from "#kernel";
import { type LedgerEntry, ledgerOf } from "./ledger.ts";
import { mapFor, mappingNamed, readForMapping } from "./mapping.ts";
import { readSent } from "./sent-message.ts";

export interface LedgerSource {
  /** The bytes as received. */
  readonly raw: Uint8Array;
  /** `oru-r01/1`, as the LinkMessage names it. */
  readonly mapping: string;
  /** `Patient/7c…`, as the LinkMessage names it. */
  readonly patientReference: string;
  /** The offsets of the hospital's clock. */
  offsetMinutesAt(localTime: string): number;
}

/**
 * What became of every value of a message, worked out anew from its bytes and the mapping that read it.
 * Problems: not-found `mapping-not-found`, when that version of the mapping is no longer in the program.
 */
export function wholeLedger(source: LedgerSource): Result<readonly LedgerEntry[]> {
  const mapping = mappingNamed(source.mapping);
  const { message, header } = readSent(source.raw);
  if (mapping === undefined || header === undefined) {
    return failed(notFound("mapping-not-found", `The mapping ${source.mapping} is not in this version of Corridor.`));
  }
  const read = readForMapping(message, { ...source, header, mapping });
  mapFor({ reference: source.patientReference }, read, mapping);
  return ok(ledgerOf(read.groups.readers));
}
