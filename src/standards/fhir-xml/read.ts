import { failed, incorrect, type JsonObject, okUnless, type Result } from "#kernel";
import { parseXml } from "#standards/xml";
import { readResource } from "./read-resource.ts";
import type { Reading } from "./reading.ts";

/**
 * A resource from XML, as its JSON would be parsed: numbers keep how they were written (`writtenNumbers` of `#kernel`), the
 * narrative is the text that stood there. The order of different elements is not looked at; repetitions of one must stand
 * together. What the structure check finds in JSON (required elements, formats, choices) is left to it.
 * Problems: those of `parseXml`, and up to `limits.resourceProblemsMax` of unknown-resource-type, unknown-element,
 * unknown-attribute, text-not-allowed, element-repeated, element-scattered, empty-value, wrong-format, one-resource-expected,
 * narrative-not-xhtml. `where` is a FHIRPath expression; the sentence names line and column.
 * Source: FHIR R4 §2.6.1 (XML), §2.6.2 (JSON).
 */
export function readFhirXml(text: string): Result<JsonObject> {
  const parsed = parseXml(text);
  if (!parsed.ok) return parsed;
  const reading: Reading = { text: parsed.value.text, path: [], problems: [] };
  const resource = readResource(parsed.value.root, reading);
  if (resource !== undefined) return okUnless(reading.problems, resource);
  const [first, ...rest] = reading.problems;
  return failed(first ?? incorrect("unknown-resource-type", "There is no resource."), ...rest);
}
