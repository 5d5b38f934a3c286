/**
 * Makes `src/standards/fhir-profiles/generated/` from the official R4 definitions: invariants and bindings of the base types,
 * the profiles and extensions that come with R4, and the codes of value sets that required bindings name.
 * Run: `node tools/fhir-profiles.ts`
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { tableText } from "./fhir-definitions.ts";
import { resourcesOf } from "./fhir-package.ts";
import { type FullDefinition, profileTable } from "./fhir-profile-tables.ts";
import { ruleTables } from "./fhir-rule-tables.ts";
import { valueSetTable } from "./fhir-value-sets.ts";

export const profilesFolder = join(import.meta.dirname, "../src/standards/fhir-profiles/generated");
const madeBy = "node tools/fhir-profiles.ts, from npm hl7.fhir.r4.examples 4.0.1 (FHIR R4, CC0)";

/** The text of each generated file by its name. */
export function profileFiles(): ReadonlyMap<string, string> {
  const all = resourcesOf<FullDefinition>("StructureDefinition");
  const base = all.filter((definition) => definition.derivation !== "constraint" && definition.kind !== "logical");
  const derived = all.filter((definition) => definition.derivation === "constraint");
  return new Map([
    ["rules.json", tableText(ruleTables(base), madeBy)],
    ["profiles.json", tableText({ profiles: profileTable(derived) }, madeBy)],
    ["value-sets.json", tableText({ valueSets: valueSetTable(all) }, madeBy)],
  ]);
}

if (import.meta.main) {
  for (const [name, text] of profileFiles()) {
    writeFileSync(join(profilesFolder, name), text);
    console.log(`${name}: ${text.length} bytes`);
  }
}
