import { incorrect, type Problem } from "#kernel";
import { type EdifactSegment, valueAt } from "./segment.ts";

/** UNB. Source: ISO 9735, segment UNB. */
export interface InterchangeHeader {
  /** UNB-2.1, UNB-2.2: `000000004400001` and its qualifier `80`. */
  readonly sender: InterchangeParty;
  /** UNB-3. */
  readonly recipient: InterchangeParty;
  /** UNB-4: `261123` and `0930`, by the sender's clock. */
  readonly date: string | undefined;
  readonly time: string | undefined;
  /** UNB-5. */
  readonly controlReference: string;
  /** UNB-7: `MEDRPT`. */
  readonly application: string | undefined;
  /** UNB-9 is 1. */
  readonly isAcknowledgementWanted: boolean;
  /** UNB-11 is 1. */
  readonly isTest: boolean;
}

export interface InterchangeParty {
  readonly id: string;
  readonly qualifier: string | undefined;
}

export interface ReadInterchangeHeader {
  readonly header: InterchangeHeader | undefined;
  readonly problems: readonly Problem[];
}

const required = [
  [2, "the sender"],
  [3, "the recipient"],
  [5, "the control reference"],
] as const;

/** Problems: `segment-missing` without UNB, `header-incomplete` for each part that nobody can do without. */
export function readInterchangeHeader(unb: EdifactSegment | undefined): ReadInterchangeHeader {
  if (unb === undefined) {
    const message = "The interchange does not start with UNB.";
    return { header: undefined, problems: [incorrect("segment-missing", message, { where: "UNB" })] };
  }
  const problems = required
    .filter(([element]) => valueAt(unb, element) === undefined)
    .map(([element, what]) =>
      incorrect("header-incomplete", `UNB does not name ${what}.`, { where: `UNB-${element}` }),
    );
  const [sender, recipient] = [partyAt(unb, 2), partyAt(unb, 3)];
  const controlReference = valueAt(unb, 5);
  if (sender === undefined || recipient === undefined || controlReference === undefined) {
    return { header: undefined, problems };
  }
  const header = {
    sender,
    recipient,
    date: valueAt(unb, 4),
    time: valueAt(unb, 4, 2),
    controlReference,
    application: valueAt(unb, 7),
    isAcknowledgementWanted: valueAt(unb, 9) === "1",
    isTest: valueAt(unb, 11) === "1",
  };
  return { header, problems };
}

function partyAt(unb: EdifactSegment, element: number): InterchangeParty | undefined {
  const id = valueAt(unb, element);
  return id === undefined ? undefined : { id, qualifier: valueAt(unb, element, 2) };
}
