/**
 * Makes `src/standards/fhir/generated/` from the official R4 definitions.
 * Run: `node tools/fhir-definitions.ts`
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { baseDefinitions, resourcesOf, type SearchParameterResource } from "./fhir-package.ts";
import { searchTables } from "./fhir-search-tables.ts";
import { typeTables } from "./fhir-type-tables.ts";
import { typescriptTypes } from "./fhir-typescript.ts";

export const generatedFolder = join(import.meta.dirname, "../src/standards/fhir/generated");
const madeBy = "node tools/fhir-definitions.ts, from npm hl7.fhir.r4.examples 4.0.1 (FHIR R4, CC0)";

/** JSON with a line an entry of each inner table, so that a change is a readable difference. */
export function tableText(tables: object, by = madeBy): string {
  const parts = Object.entries(tables).map(([name, table]) => `${JSON.stringify(name)}: ${linesOf(table, 2)}`);
  return `{\n"madeBy": ${JSON.stringify(by)},\n${parts.join(",\n")}\n}\n`;
}

function linesOf(value: unknown, depth: number): string {
  if (depth === 0 || typeof value !== "object" || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[\n${value.map((item) => JSON.stringify(item)).join(",\n")}\n]`;
  const parts = Object.entries(value).map(([key, inner]) => `${JSON.stringify(key)}: ${linesOf(inner, depth - 1)}`);
  return `{\n${parts.join(",\n")}\n}`;
}

/** The text of each generated file by its name. */
export function generatedFiles(): ReadonlyMap<string, string> {
  const definitions = baseDefinitions();
  const { types, codes } = typeTables(definitions);
  const parameters = searchTables(resourcesOf<SearchParameterResource>("SearchParameter"));
  return new Map([
    ["definitions.json", tableText({ types, codes })],
    ["search-parameters.json", tableText({ parameters })],
    ["types.ts", `// Made by: ${madeBy}\n\n${typescriptTypes(definitions, codes)}`],
  ]);
}

if (import.meta.main) {
  for (const [name, text] of generatedFiles()) {
    writeFileSync(join(generatedFolder, name), text);
    console.log(`${name}: ${text.length} bytes`);
  }
}
