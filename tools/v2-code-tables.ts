/**
 * Makes `src/departments/clinical/messages/generated/code-tables.ts` from the code system maps of the official
 * v2-to-FHIR guide (CSV): node tools/v2-code-tables.ts. Only tables that the mappings use, only rows with a target.
 * Source: HL7 Version 2 to FHIR Implementation Guide, Code System Maps (CC0-1.0).
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseCsv } from "./csv.ts";

const data = process.env.CORRIDOR_TEST_DATA ?? join(import.meta.dirname, "../../shared/data");
const folder = join(data, "hl7v2/v2-to-fhir/codesystems");
const output = join(import.meta.dirname, "../src/departments/clinical/messages/generated/code-tables.ts");

/** As the guide names them. */
const used = [
  "AdditivePreservative",
  "AddressType[Type]",
  "AddressType[Use]",
  "AdministrativeSex",
  "AdmissionType",
  "AllergenType[AllergyIntoleranceCategory]",
  "AllergySeverity[AllergyIntolerance.criticality]",
  "AllergySeverity[AllergyIntolerance.reaction.severity]",
  "AllergyType",
  "AmbulatoryStatus",
  "BodySite",
  "CommentType",
  "ConfidentialityCode",
  "ContactRole",
  "DegreeLicenseCertificate",
  "DiagnosticServiceSectionID",
  "EncounterPriority",
  "Event[EncounterStatus]",
  "ExtendedPriorityCodes",
  "HospitalService",
  "IdentifierType",
  "InterpretationCodes",
  "MaritalStatus",
  "ModeOfArrivalCode",
  "NameType",
  "NatureOfAbnormalTesting",
  "ObservationResultStatusCodesInterpretation",
  "OrderControlCode[ServiceRequest.status]",
  "OrderStatus",
  "PatientClass[EncounterClass]",
  "PatientClass[EncounterStatus]",
  "ReadmissionIndicator",
  "Relationship",
  "Religion",
  "ResultStatus[Non-Queries]",
  "SpecimenCollectionMethod",
  "SpecimenCondition",
  "SpecimenType",
  "TelecommunicationEquipmentType",
  "TelecommunicationUseCode",
  "YesNoIndicator",
  "YesNoIndicator[AvailabilityStatus]",
] as const;

interface Row {
  readonly code: string;
  readonly table: string;
  readonly target: string;
  readonly display: string;
  readonly system: string;
}

const files = readdirSync(folder);
const tables = used.map((name) => tableText(name, rowsOf(name)));
writeFileSync(output, `${head()}${tables.join("")}} as const satisfies Record<string, CodeTable>;\n`);
console.log(`${tables.length} tables written to ${output}`);

function rowsOf(name: string): readonly Row[] {
  const file = files.find((entry) => entry.startsWith(`HL7 Concept Map_ ${name} - `));
  if (file === undefined) throw new Error(`The guide has no code system map ${name}`);
  const [, columns = [], ...rows] = parseCsv(readFileSync(join(folder, file), "utf8"));
  const targetAt = columns.indexOf("Code", 1);
  const displayAt = columns.indexOf("Display");
  return rows
    .map((row) => ({
      code: (row[0] ?? "").trim(),
      table: (row[2] ?? "").trim(),
      target: (row[targetAt] ?? "").trim(),
      display: (row[displayAt] ?? "").trim() || (row[displayAt - 1] ?? "").trim(),
      system: (row[displayAt + 1] ?? "").trim(),
    }))
    .filter((row) => row.code !== "" && row.target !== "");
}

function tableText(name: string, rows: readonly Row[]): string {
  const system = mostFrequent(rows.map((row) => row.system));
  const codes = rows.map((row) => `    ${JSON.stringify(row.code)}: ${targetText(row, system)},\n`);
  const head = `  ${JSON.stringify(name)}: {\n    table: ${JSON.stringify(rows[0]?.table)},\n    system: ${JSON.stringify(system)},\n`;
  return `${head}    codes: {\n${codes.map((line) => `  ${line}`).join("")}    },\n  },\n`;
}

function targetText({ code, target, display, system }: Row, tableSystem: string): string {
  if (system !== tableSystem) return JSON.stringify([target, display, system]);
  return target === code ? JSON.stringify(display) : JSON.stringify([target, display]);
}

function mostFrequent(values: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? "";
}

function head(): string {
  return `// Made by: node tools/v2-code-tables.ts, from the code system maps of the HL7 v2-to-FHIR guide (CC0-1.0)

/** The display, where code and system stay as they are; otherwise code, display and, where it differs, system. */
export type CodeTarget = string | readonly [code: string, display: string, system?: string];

export interface CodeTable {
  /** The v2 table the codes come from: \`HL70001\`. */
  readonly table: string;
  /** The FHIR code system of the targets that name none. */
  readonly system: string;
  readonly codes: Readonly<Record<string, CodeTarget>>;
}

export const codeTables = {
`;
}
