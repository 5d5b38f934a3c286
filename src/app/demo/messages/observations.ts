import { type Flag, flagOf } from "../laboratory/flag.ts";
import { rangeOf, type SpecimenValues } from "../laboratory/specimen-values.ts";
import { type LaboratoryTest, reportedFrom, reportedTo, type TestKey, testOf, ucumOf } from "../laboratory/tests.ts";
import { ageYearsAt, type Person } from "../people/person.ts";
import { notes, plain, segment } from "./segment.ts";
import type { Sender } from "./sender.ts";

/** Codes of HL7 table 0085 that the demonstration uses. */
export type ResultStatus = "P" | "F" | "C" | "X";

export interface Reported {
  readonly person: Person;
  readonly takenMs: number;
  readonly from: Sender;
  readonly status: ResultStatus;
  readonly values: SpecimenValues;
  /** Why there is no value of these tests. */
  readonly withheld?: { readonly [Key in TestKey]?: string };
  /** What is remarked on these tests. */
  readonly remarks?: { readonly [Key in TestKey]?: string };
}

/** OBX for each test, with NTE behind where there is something to say. */
export function observationsOf(tests: readonly TestKey[], reported: Reported): readonly string[] {
  const isAdult = ageYearsAt(reported.person, reported.takenMs) >= 18;
  return tests
    .filter((key) => key !== "EGFR" || isAdult)
    .flatMap((key, at) => observationOf(testOf(key), { reported, setId: at + 1 }));
}

interface At {
  readonly reported: Reported;
  readonly setId: number;
}

function observationOf(test: LaboratoryTest, { reported, setId }: At): readonly string[] {
  const { person, takenMs, from, status, values, withheld = {}, remarks = {} } = reported;
  const { key, loinc, name } = test;
  const why = withheld[key];
  const value = values(key);
  const range = rangeOf(test, person, takenMs);
  const flag = flagOf(test, value, range);
  const obx = segment("OBX", {
    1: String(setId),
    ...(why === undefined ? valueFields(test, value, from) : { 2: "NM" }),
    3: `${loinc}^${plain(name)}^LN^${key}^${plain(name)}^L`,
    6: unitOf(test, from),
    7: range,
    8: why === undefined ? flag : undefined,
    11: why === undefined ? status : "X",
  });
  const said = [why, remarks[key], why === undefined ? telephoned(flag) : undefined].filter(
    (text) => text !== undefined,
  );
  return [obx, ...notes(...said)];
}

/** What is beyond the reach of the method is sent as SN, or in 2.3 as such laboratories do. */
function valueFields({ key, decimals }: LaboratoryTest, value: number, { version }: Sender) {
  const [from, to] = [reportedFrom[key], reportedTo[key]];
  const limit = from !== undefined && value < from ? (["<", from] as const) : beyond(value, to);
  if (limit === undefined) return { 2: "NM", 5: value.toFixed(decimals) };
  const [sign, number] = limit;
  return version === "2.3" ? { 2: "NM", 5: `${sign}${number}` } : { 2: "SN", 5: `${sign}^${number}` };
}

function beyond(value: number, to: number | undefined) {
  return to !== undefined && value >= to ? ([">", to] as const) : undefined;
}

/** As printed; with its UCUM code from systems that know it, and where the print alone would not tell. */
function unitOf({ unit }: LaboratoryTest, { version }: Sender): string {
  const knowsUcum = version === "2.3.1" || version.startsWith("2.5");
  if (knowsUcum || unit === "ratio" || unit === "pH") return `${ucumOf[unit]}^${plain(unit)}^UCUM`;
  return version === "2.3" ? plain(unit.replace("10*", "10^")) : plain(unit);
}

function telephoned(flag: Flag): string | undefined {
  return flag === "HH" || flag === "LL" ? "Critical result, telephoned to the requesting team." : undefined;
}
