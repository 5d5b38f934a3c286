import { type Header, type Message, missingSegmentBreaks, segmentNamed } from "#standards/hl7v2";
import { SegmentReader } from "../messages/message-reader.ts";
import { originOf } from "../messages/origin.ts";
import { sentIdentifiers } from "../patients/sent-identifiers.ts";
import { contractBreaches } from "./contract.ts";
import { type Findings, type Weighing, weighed } from "./findings.ts";
import { futureTimes } from "./future-times.ts";
import type { Safeguards } from "./safeguards.ts";

export interface PassedOnScreening {
  readonly header: Header;
  /** An instant. */
  readonly arrivedAt: string;
  readonly settings: Safeguards["settings"];
  readonly weighing: Weighing;
}

/**
 * What a message may be stopped for that is only passed on: everything that it can be asked without the record. That is its
 * line ends, the NHS number's check digit, its sender's contract, and times to come.
 */
export function screenPassedOn(
  message: Message,
  { header, arrivedAt, settings, weighing }: PassedOnScreening,
): Findings {
  const pid = segmentNamed(message, "PID");
  const { sendingApplication: application, sendingFacility: facility } = header;
  const origin = originOf({ application, facility, sentAt: undefined, offsetMinutesAt: () => 0 });
  const identifiers = pid === undefined ? undefined : sentIdentifiers(new SegmentReader(pid, origin));
  const contract = settings?.contract;
  const breaches =
    contract === undefined ? [] : contractBreaches({ contract, nhsNumber: identifiers?.nhsNumber }, header);
  const found = [
    ...missingSegmentBreaks(message),
    ...(identifiers?.problems ?? []),
    ...breaches,
    ...futureTimes(message, arrivedAt),
  ];
  return weighed(found, weighing);
}
