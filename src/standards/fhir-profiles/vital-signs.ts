import { isJsonObject, type JsonObject } from "#kernel";
import { coreUrl, objects } from "./element-node.ts";

const profileOfLoinc: Readonly<Record<string, string>> = {
  "85353-1": "vitalspanel",
  "9279-1": "resprate",
  "8867-4": "heartrate",
  "2708-6": "oxygensat",
  "8310-5": "bodytemp",
  "8302-2": "bodyheight",
  "9843-4": "headcircum",
  "29463-7": "bodyweight",
  "39156-5": "bmi",
  "85354-9": "bp",
};

/** Source: the SNOMED CT codes of the same observables. */
const profileOfSnomed: Readonly<Record<string, string>> = {
  "271625008": "resprate",
  "364075005": "heartrate",
  "103228002": "oxygensat",
  "276885007": "bodytemp",
  "50373000": "bodyheight",
  "363812007": "headcircum",
  "27113001": "bodyweight",
  "60621009": "bmi",
  "75367002": "bp",
};

const tables = new Map([
  ["http://loinc.org", profileOfLoinc],
  ["http://snomed.info/sct", profileOfSnomed],
]);

/**
 * The vital signs profile that an Observation must meet for its code, whether or not it states it.
 * Source: FHIR R4 §10.1.3 (Observation: vital signs profiles).
 */
export function vitalSignsProfile({ code }: JsonObject): string | undefined {
  if (!isJsonObject(code)) return undefined;
  for (const { system, code: given } of objects(code.coding)) {
    const name = tables.get(String(system))?.[String(given)];
    if (name !== undefined) return coreUrl + name;
  }
  return undefined;
}
