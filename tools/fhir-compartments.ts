/**
 * Makes `src/standards/fhir/generated/compartments.json` from the official R4 CompartmentDefinitions.
 * Run: `node tools/fhir-compartments.ts`
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { resourcesOf } from "./fhir-package.ts";

export const compartmentsFile = join(import.meta.dirname, "../src/standards/fhir/generated/compartments.json");

interface CompartmentDefinition {
  readonly id: string;
  readonly code: string;
  readonly resource: readonly { readonly code: string; readonly param?: readonly string[] }[];
}

/** A line a type: what it is in the compartment by. `{def}` says that the type is the compartment's own. */
export function compartmentsText(): string {
  const compartments = resourcesOf<CompartmentDefinition>("CompartmentDefinition")
    .filter(({ id }) => id !== "example")
    .sort((one, other) => (one.code < other.code ? -1 : 1));
  const tables = compartments.map(({ code, resource }) => {
    const members = resource.filter(({ param = [] }) => param.length > 0);
    const lines = members.map((member) => `${JSON.stringify(member.code)}: ${JSON.stringify(member.param)}`);
    return `${JSON.stringify(code)}: {\n${lines.join(",\n")}\n}`;
  });
  const madeBy = "node tools/fhir-compartments.ts, from npm hl7.fhir.r4.examples 4.0.1 (FHIR R4, CC0)";
  return `{\n"madeBy": ${JSON.stringify(madeBy)},\n"compartments": {\n${tables.join(",\n")}\n}\n}\n`;
}

if (import.meta.main) writeFileSync(compartmentsFile, compartmentsText());
