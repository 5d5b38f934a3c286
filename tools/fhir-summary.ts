/**
 * Makes `src/standards/fhir/generated/summary.json` from the official R4 definitions.
 * Run: `node tools/fhir-summary.ts`
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { baseDefinitions, type Element } from "./fhir-package.ts";
import { ownElements } from "./fhir-type-tables.ts";

export const summaryFile = join(import.meta.dirname, "../src/standards/fhir/generated/summary.json");

/** A line a type: the elements of its own that are marked for summaries, with spaces between them. */
export function summaryText(): string {
  const lines = baseDefinitions()
    .filter(({ kind }) => kind !== "primitive-type")
    .flatMap((definition) => {
      const marked = ownElements(definition).filter(
        (element: Element & { readonly isSummary?: boolean }) => element.isSummary,
      );
      const names = marked.map(({ path }) => path.slice(definition.id.length + 1).replace("[x]", ""));
      return names.length === 0 ? [] : [`${JSON.stringify(definition.id)}: ${JSON.stringify(names.join(" "))}`];
    });
  const madeBy = "node tools/fhir-summary.ts, from npm hl7.fhir.r4.examples 4.0.1 (FHIR R4, CC0)";
  return `{\n"madeBy": ${JSON.stringify(madeBy)},\n"elements": {\n${lines.join(",\n")}\n}\n}\n`;
}

if (import.meta.main) writeFileSync(summaryFile, summaryText());
