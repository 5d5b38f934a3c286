/** Pathology reports to a practice as EDIFACT, about people of the ward. */
import { mrsOsei, type WardPatient } from "../ward/index.ts";

export interface Nhs003 {
  readonly patient?: WardPatient;
  /** Its number in the interchange. */
  readonly reference?: string;
  /** Segments behind the specimens, without terminators. */
  readonly results?: readonly string[];
  readonly specimens?: readonly string[];
}

const ferritin = ["GIS+N", "INV+MQ+42R4.:911::Serum ferritin", "RSL+NV+11:7++:::ng/mL+LO", "STS++FI", "RFF+ASL:1"];

const blood = [
  "S16+16",
  "SEQ++1",
  "SPC+TSP+:::VENOUS BLOOD",
  "RFF+STI:26U004417A",
  "DTM+SCO:202611230815:203",
  "DTM+SRI:202611230850:203",
];

/** A group of tests with two results, one of them text. */
export const fullBloodCount: readonly string[] = [
  "GIS+N",
  "INV+MQ+:::FULL BLOOD COUNT",
  "SEQ++1",
  "STS++FI",
  "FTX+SPC+++Film made?: see comment:Slight haemolysis",
  "RFF+ASL:1",
  "GIS+N",
  "INV+MQ+423..:911::Haemoglobin",
  "RSL+NV+118++:::g/L+LO",
  "STS++FI",
  "RFF+ARL:1",
  "S20+20",
  "RND+U+120+150",
  "FTX+RPD+++Adult female",
  "GIS+N",
  "INV+MQ+42Z..:911::Blood film",
  "FTX+RIT+++Red cells microcytic:  Platelets normal",
  "STS++PR",
  "RFF+ARL:1",
];

/** One message, a segment a line of the list. */
export function anNhs003({
  patient = mrsOsei,
  reference = "1",
  results = ferritin,
  specimens = blood,
}: Nhs003 = {}): readonly string[] {
  const { nhsNumber, family, given, birthDate, gender, street, city, postalCode } = patient;
  const [first, second] = given;
  const body = [
    `UNH+${reference}+MEDRPT:0:1:RT:NHS003`,
    "BGM+LSR",
    "DTM+137:202611230930:203",
    ...["S01+01", "NAD+PO+G1189000:900++PRYCE", "SPR+PRO"],
    ...["S01+01", "NAD+MR+M85999:901", "SPR+ORG"],
    ...["S01+01", "NAD+SLA+++Haematology", "SPR+DPT"],
    ...["S01+01", "NAD+SLA+++ST SWITHUN?'S HOSPITAL", "SPR+ORG"],
    ...["S02+02", "GIS+N", `RFF+SRI:26U004417/${reference}`, "STS++UN", "DTM+ISR:202611230925:203"],
    ...["S06+06", `ADR++US:${released(street)}::${released(city)}:++${postalCode}`],
    "S07+07",
    `PNA+PAT+${nhsNumber}:OPI+++SU:${released(family)}+FO:${first}${second === undefined ? "" : `+MI:${second}`}`,
    `DTM+329:${birthDate.replaceAll("-", "")}:102`,
    `PDI+${gender === "female" ? "2" : "1"}`,
    ...["S10+10", "CIN+UN", "FTX+CID+++TIRED?, PALE:ON IRON"],
    ...specimens,
    ...results,
  ];
  return [...body, `UNT+${body.length + 1}+${reference}`];
}

/** An interchange of messages, as bytes. */
export function anInterchange(messages: readonly (readonly string[])[]): Uint8Array<ArrayBuffer> {
  const segments = [
    "UNB+UNOC:3+000000004400001:80+000000024600002:80+261123:0931+1015++MEDRPT++1",
    ...messages.flat(),
    `UNZ+${messages.length}+1015`,
  ];
  const text = segments.map((segment) => `${segment}'\r\n`).join("");
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

function released(text: string): string {
  return text.replace(/[?:+']/g, "?$&");
}
