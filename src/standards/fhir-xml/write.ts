import { type JsonObject, okUnless, type Result } from "#kernel";
import { writeResource } from "./write-resource.ts";
import type { Writing } from "./writing.ts";

export interface WriteOptions {
  /** Spaces a level; without it everything stands in one line. */
  readonly indent?: number;
}

/**
 * A resource as XML, its elements in the order of the definition, numbers as they were written where the resource remembers
 * it (`writtenNumbers` of `#kernel`), the narrative as it stands. The resource has passed `checkResource`.
 * Problems, all `unsupported`, of what XML or R4 has no place for: unknown-resource-type, unknown-element, wrong-json-type,
 * character-not-in-xml, narrative-not-xhtml,
 * too-deep. `where` is a FHIRPath expression.
 * Source: FHIR R4 §2.6.1 (XML).
 */
export function writeFhirXml(resource: JsonObject, { indent = 0 }: WriteOptions = {}): Result<string> {
  const writing: Writing = { out: "", indent, depth: 0, path: [], problems: [] };
  writeResource(resource, writing);
  const declaration = '<?xml version="1.0" encoding="UTF-8"?>';
  return okUnless(writing.problems, declaration + writing.out);
}
