import type { Quantity } from "#standards/fhir";
import { ucumSystem } from "../messages/coding-systems.ts";
import type { FieldReader } from "../messages/message-reader.ts";

export type Unit = Pick<Quantity, "unit" | "system" | "code">;

/**
 * Units as British laboratories print them, and the one thing in UCUM that each can mean. What is not here keeps its
 * printed form and no code: a guessed unit is worse than none.
 * Source: UCUM 2.1; NHS Pathology Units (DAPB4101) for the selection.
 */
const ucumOf: Readonly<Record<string, string>> = {
  "%": "%",
  "/L": "/L",
  "/uL": "/uL",
  "10*12/L": "10*12/L",
  "10*9/L": "10*9/L",
  "10^12/L": "10*12/L",
  "10^9/L": "10*9/L",
  "x10^12/L": "10*12/L",
  "x10^9/L": "10*9/L",
  "10*6/L": "10*6/L",
  "10^6/L": "10*6/L",
  "x10^6/L": "10*6/L",
  U: "U",
  "U/L": "U/L",
  "U/mL": "U/mL",
  "kU/L": "kU/L",
  "IU/L": "[iU]/L",
  "IU/mL": "[iU]/mL",
  "iu/L": "[iU]/L",
  "mIU/L": "m[iU]/L",
  "mU/L": "mU/L",
  fL: "fL",
  fl: "fL",
  pg: "pg",
  "pg/mL": "pg/mL",
  "g/L": "g/L",
  "g/l": "g/L",
  "g/dL": "g/dL",
  "mg/L": "mg/L",
  "mg/dL": "mg/dL",
  "mg/mmol": "mg/mmol",
  "ug/L": "ug/L",
  "µg/L": "ug/L",
  "ng/L": "ng/L",
  "ng/mL": "ng/mL",
  "mol/L": "mol/L",
  "mmol/L": "mmol/L",
  "mmol/l": "mmol/L",
  "mmol/mol": "mmol/mol",
  "umol/L": "umol/L",
  "umol/l": "umol/L",
  "µmol/L": "umol/L",
  "μmol/L": "umol/L",
  "nmol/L": "nmol/L",
  "nmol/l": "nmol/L",
  "pmol/L": "pmol/L",
  "pmol/l": "pmol/L",
  "mmol/24h": "mmol/(24.h)",
  "mL/min": "mL/min",
  "mL/min/1.73m2": "mL/min/{1.73_m2}",
  "ml/min/1.73m2": "mL/min/{1.73_m2}",
  "mm/h": "mm/h",
  "mm/hr": "mm/h",
  "mosmol/kg": "mosm/kg",
  "mOsm/kg": "mosm/kg",
  kPa: "kPa",
  mmHg: "mm[Hg]",
  s: "s",
  sec: "s",
  secs: "s",
  h: "h",
  "L/L": "L/L",
  mL: "mL",
  L: "L",
  kg: "kg",
  cm: "cm",
};

const ucumNames = new Set(["UCUM", "HTTP://UNITSOFMEASURE.ORG"]);

/**
 * OBX-6. A UCUM code only where the sender says it is UCUM, or the printed unit can mean nothing else.
 * Source: v2-to-FHIR CWE[Quantity].
 */
export function unitIn(field: FieldReader | undefined): Unit {
  if (field === undefined) return {};
  const power = powerOfTen(field);
  if (power !== undefined) return printed(power);
  const code = field.code(1);
  const unit = field.text(2) ?? code;
  const isUcum = ucumNames.has(field.text(3)?.toUpperCase() ?? "");
  if (unit === undefined) return {};
  return isUcum && code !== undefined ? { unit, system: ucumSystem, code } : printed(unit, code);
}

/** A unit that is only text, as in a reference range. */
export function printed(unit: string, sent?: string): Unit {
  const code = Object.hasOwn(ucumOf, unit) ? ucumOf[unit] : ucumOf[sent ?? ""];
  return code === undefined ? { unit } : { unit, system: ucumSystem, code };
}

/** `10^9/L` sent without escaping its `^` arrives as the components `10` and `9/L`. */
function powerOfTen(field: FieldReader): string | undefined {
  const base = field.peek(1);
  const power = field.peek(2);
  if (base === undefined || power === undefined) return undefined;
  if (!/^x? ?10$/i.test(base) || !/^\d{1,2}\s*\/\s*\S+$/.test(power)) return undefined;
  field.text(1);
  field.text(2);
  return `${base.replace(/ /g, "")}^${power.replace(/\s/g, "")}`;
}
