import { failed, ok, okUnless, type Result } from "#kernel";
import type { Extension, Resource } from "#standards/fhir";
import type { ReadyMaps } from "#standards/v2-to-fhir";
import { refusalOfType } from "./gate.ts";
import { exchangeRest } from "./join/join-message.ts";
import { type LedgerEntry, ledgerOf, summaryOf } from "./ledger.ts";
import type { LedgerSummary } from "./link-message.ts";
import { mapFor, mappingFor, mappingNamed, readForMapping } from "./mapping.ts";
import type { Plan } from "./plan.ts";
import { readSent } from "./sent-message.ts";

export interface PreviewSource {
  /** The bytes as received. */
  readonly raw: Uint8Array;
  /** `Patient/7c…`: whom the message is taken to be about. */
  readonly patientReference: string;
  /** `oru-r01/1`; left out, the mapping of the message's type. */
  readonly mapping?: string;
  /** The mapping rows of its link; undefined: the usual ones. */
  readonly rows?: ReadyMaps | undefined;
  /** The offsets of the hospital's clock. */
  offsetMinutesAt(localTime: string): number;
}

/** What a message says, as resources, and what became of each of its values. */
export interface Preview {
  readonly mapping: string;
  /** Absent where there is no PID. */
  readonly patient: Resource | undefined;
  /** Everything but the patient, with the ids it would have in the record. */
  readonly plan: Plan;
  /** What its Provenance tells of the message itself, besides where the resources came from. */
  readonly exchange: readonly Extension[];
  readonly ledger: readonly LedgerEntry[];
  readonly books: LedgerSummary;
}

/**
 * Maps a message without looking at the record, and without writing: for tests, for the books of a message that was
 * mapped before, and for looking at what a mapping would do.
 * Problems: those of the header; `message-type-unsupported`, `trigger-unsupported`.
 */
export function previewMessage(source: PreviewSource): Result<Preview> {
  const { message, header, problems } = readSent(source.raw);
  if (header === undefined) return okUnless(problems, undefined as never);
  const mapping = source.mapping === undefined ? mappingFor(header) : mappingNamed(source.mapping);
  if (mapping === undefined) return failed(...refusalOfType(header).problems);
  const read = readForMapping(message, { ...source, header, mapping });
  const plan = mapFor({ reference: source.patientReference }, read, mapping);
  const exchange = read.rows === undefined ? [] : exchangeRest(read.groups);
  const { readers } = read.groups;
  const patient = read.patient?.resource as Resource | undefined;
  return ok({ mapping: mapping.name, patient, plan, exchange, ledger: ledgerOf(readers), books: summaryOf(readers) });
}
