import { failed, ok, okUnless, type Result } from "#kernel";
import type { Provenance, Resource } from "#standards/fhir";
import type { ReadyMaps } from "#standards/v2-to-fhir";
import type { MessageFormat } from "./formats/foreign-message.ts";
import { refusalOfType } from "./gate.ts";
import { exchangeRest } from "./join/join-message.ts";
import type { LedgerEntry } from "./ledger.ts";
import type { LedgerSummary } from "./link-message.ts";
import { booksOf, entriesOf, isExchangeTold, mapFor, mappingFor, mappingNamed, readForMapping } from "./mapping.ts";
import type { Plan } from "./plan.ts";
import { provenanceOf } from "./provenance.ts";
import { readSent } from "./sent-message.ts";

export interface PreviewSource {
  /** The bytes as received. */
  readonly raw: Uint8Array;
  /** What it is written in; left out: HL7 v2. */
  readonly format?: MessageFormat | undefined;
  /** `Patient/7c…`: whom the message is taken to be about. */
  readonly patientReference: string;
  /** `oru-r01/1`; left out, the mapping of the message's type. */
  readonly mapping?: string;
  /** The mapping rows of its link; undefined: the usual ones. */
  readonly rows?: ReadyMaps | undefined;
  /** The offsets of the hospital's clock. */
  offsetMinutesAt(localTime: string): number;
}

/** Of a message that does not say when it was sent. */
const unknownTime = "1970-01-01T00:00:00Z";

/** What a message says, as resources, and what became of each of its values. */
export interface Preview {
  readonly mapping: string;
  /** Absent where there is no PID. */
  readonly patient: Resource | undefined;
  /** Everything but the patient, with the ids it would have in the record. */
  readonly plan: Plan;
  /** As it would name where the resources come from, but for its targets and the time of arrival. */
  readonly provenance: Provenance;
  readonly ledger: readonly LedgerEntry[];
  readonly books: LedgerSummary;
}

/**
 * Maps a message without looking at the record, and without writing: for tests, for the books of a message that was
 * mapped before, and for looking at what a mapping would do.
 * Problems: those of the header; `message-type-unsupported`, `trigger-unsupported`.
 */
export function previewMessage(source: PreviewSource): Result<Preview> {
  const { message, header, problems, foreign } = readSent(source.raw, source.format);
  if (header === undefined) return okUnless(problems, undefined as never);
  const mapping = source.mapping === undefined ? mappingFor(header) : mappingNamed(source.mapping);
  if (mapping === undefined) return failed(...refusalOfType(header).problems);
  const read = readForMapping(message, { ...source, header, mapping, foreign });
  const plan = mapFor({ reference: source.patientReference }, read, mapping);
  const exchange = isExchangeTold(read, mapping) ? exchangeRest(read.groups) : [];
  const { msh } = read.groups;
  const recordedAt = read.situation.sentAt ?? unknownTime;
  const provenance = provenanceOf({
    msh,
    messageId: "preview",
    recordedAt,
    mapping: mapping.name,
    targets: [],
    exchange,
  });
  const patient = read.patient?.resource as Resource | undefined;
  return ok({ mapping: mapping.name, patient, plan, provenance, ledger: entriesOf(read), books: booksOf(read) });
}
