import type { LaboratoryName } from "../laboratory/panels.ts";
import { hl7Time } from "../times.ts";
import { segment } from "./segment.ts";

/** A system that sends to Corridor, with the version and character set of its making. */
export interface Sender {
  readonly application: string;
  readonly facility: string;
  readonly version: "2.3" | "2.3.1" | "2.4" | "2.5" | "2.5.1";
  readonly charset: "8859/1" | "UNICODE UTF-8";
}

const sender = (
  application: string,
  facility: string,
  version: Sender["version"],
  charset: Sender["charset"],
): Sender => ({ application, facility, version, charset });

export const patientSystem = sender("PAS", "CGH", "2.5", "UNICODE UTF-8");
export const radiologySystem = sender("RADIS", "CGH-RAD", "2.5", "UNICODE UTF-8");
export const orderSystems = {
  old: sender("ORDERCOMMS", "CGH", "2.3", "8859/1"),
  new: sender("WARDORDERS", "CGH", "2.5.1", "UNICODE UTF-8"),
} as const;

/** Five laboratories, bought in different years. */
export const laboratorySystems: Readonly<Record<LaboratoryName, Sender>> = {
  biochemistry: sender("BIOLIMS", "CGH-LAB", "2.4", "8859/1"),
  haematology: sender("HAEMSYS", "CGH-LAB", "2.3", "8859/1"),
  microbiology: sender("MICROLIMS", "CGH-LAB", "2.5.1", "UNICODE UTF-8"),
  histology: sender("CELLPATH", "CGH-LAB", "2.5", "UNICODE UTF-8"),
  bedside: sender("POCTLINK", "CGH-WARDS", "2.3.1", "UNICODE UTF-8"),
};

/** A message ready to be sent. */
export interface DemoMessage {
  /** MSH-3. */
  readonly application: string;
  readonly controlId: string;
  /** MSH-9. */
  readonly type: string;
  /** When it pretends to have been sent, in milliseconds since 1970. */
  readonly sentMs: number;
  readonly bytes: Uint8Array;
}

export interface Content {
  readonly from: Sender;
  readonly controlId: string;
  readonly type: string;
  readonly sentMs: number;
  /** Behind MSH. */
  readonly segments: readonly string[];
}

export function messageOf({ from, controlId, type, sentMs, segments }: Content): DemoMessage {
  const { application, facility, version, charset } = from;
  const header = segment("MSH", {
    2: "^~\\&",
    3: application,
    4: facility,
    5: "CORRIDOR",
    6: "CGH",
    7: hl7Time(sentMs),
    9: type,
    10: controlId,
    11: "P",
    12: version,
    18: charset,
  });
  const text = [header, ...segments].map((each) => `${each}\r`).join("");
  const bytes = Buffer.from(text, charset === "8859/1" ? "latin1" : "utf8");
  return { application, controlId, type, sentMs, bytes: new Uint8Array(bytes) };
}
