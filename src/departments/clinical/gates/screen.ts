import type { Header, Message } from "#standards/hl7v2";
import type { ForeignMessage } from "../messages/formats/foreign-message.ts";
import type { ReadMessage } from "../messages/mapping.ts";
import { contractBreaches } from "./contract.ts";
import { type Findings, type Weighing, weighed } from "./findings.ts";
import { futureMoments, futureTimes } from "./future-times.ts";
import type { Safeguards } from "./safeguards.ts";

export interface Screening {
  readonly header: Header;
  readonly read: ReadMessage;
  /** An instant. */
  readonly arrivedAt: string;
  readonly settings: Safeguards["settings"];
  readonly weighing: Weighing;
  /** What a message that is not HL7 v2 says of when. */
  readonly foreign?: Pick<ForeignMessage, "moments"> | undefined;
}

/** What a message may be stopped for before the record is asked anything: its sender's contract, and times to come. */
export function screen(message: Message, screening: Screening): Findings {
  const { header, read, arrivedAt, settings, weighing, foreign } = screening;
  const { nhsNumber } = read.identifiers;
  const contract = settings?.contract;
  const breaches = contract === undefined ? [] : contractBreaches({ contract, nhsNumber }, header);
  const times = foreign === undefined ? futureTimes(message, arrivedAt) : futureMoments(foreign.moments, arrivedAt);
  return weighed([...breaches, ...times], weighing);
}
