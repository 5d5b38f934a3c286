import { localCodesOf } from "./coding-systems.ts";
import type { Origin } from "./message-reader.ts";

export interface OriginOptions {
  /** MSH-3.1. */
  readonly application: string | undefined;
  /** MSH-4.1. */
  readonly facility: string | undefined;
  /** MSH-7: an offset in it counts for the whole message. Source: HL7 v2.5.1 §2.A.22. */
  readonly sentAt: string | undefined;
  /** The offsets of times that state none, where MSH-7 has none: see `HospitalTime`. */
  offsetMinutesAt(localTime: string): number;
}

export function originOf({ application, facility, sentAt, offsetMinutesAt }: OriginOptions): Origin {
  const sender = [application, facility].filter((part) => part !== undefined).join("|");
  const stated = statedOffset(sentAt ?? "");
  return {
    sender,
    localCodes: localCodesOf(sender),
    offsetMinutesAt: stated === undefined ? offsetMinutesAt : () => stated,
  };
}

function statedOffset(sentAt: string): number | undefined {
  const match = /([+-])(\d\d)(\d\d)$/.exec(sentAt);
  if (match === null) return undefined;
  const minutes = Number(match[2]) * 60 + Number(match[3]);
  return match[1] === "-" ? -minutes : minutes;
}
