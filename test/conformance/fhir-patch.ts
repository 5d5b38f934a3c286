/** The published cases of JSON Patch and FHIRPath Patch (FHIR/fhir-test-cases, `r4/patch`). */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { expectOk, isJsonObject, type Json, type JsonObject } from "#kernel";
import { applyFhirPathPatch, applyJsonPatch } from "#standards/fhir-patch";
import { readFhirXml } from "#standards/fhir-xml";
import { parseXml, type XmlElement } from "#standards/xml";
import { testData } from "../data.ts";
import type { SuiteResult } from "./suite.ts";

interface JsonPatchCase {
  readonly comment: string;
  readonly doc: Json;
  readonly patch: Json;
  readonly expected?: Json;
  /** What is wrong, in the words of the suite, which nobody else has to use. */
  readonly error?: string;
}

export async function run(): Promise<SuiteResult> {
  const found = testData("patch");
  if (found.skip !== false) return { passed: 0, total: 1, excluded: 0, failures: [found.skip] };
  return runCases(found.path);
}

export function runCases(folder: string): SuiteResult {
  const json = JSON.parse(readFileSync(join(folder, "json-patch-tests.json"), "utf8")) as readonly JsonPatchCase[];
  const { root, text } = expectOk(parseXml(readFileSync(join(folder, "fhir-patch-tests.xml"), "utf8")));
  const failures = [
    ...json.flatMap((one) => told(`JSON Patch, ${one.comment}`, jsonFlaw(one))),
    ...root.elements.flatMap((one) => told(`FHIRPath Patch, ${nameOf(one)}`, fhirFlaw(one, text))),
  ];
  const total = json.length + root.elements.length;
  return { passed: total - failures.length, total, excluded: 0, failures };
}

function told(title: string, flaw: string | undefined): readonly string[] {
  return flaw === undefined ? [] : [`${title}: ${flaw}`];
}

function nameOf({ attributes }: XmlElement): string {
  return attributes.find(({ name }) => name === "name")?.value ?? "";
}

function fhirFlaw(one: XmlElement, text: string): string | undefined {
  const input = resourceIn(one, "input", text) ?? {};
  const result = applyFhirPathPatch(input, resourceIn(one, "diff", text) ?? {});
  const expected = resourceIn(one, "output", text);
  if (expected === undefined) return result.ok ? "was applied, and should not have been" : undefined;
  if (!result.ok) return result.problems[0].message;
  const isSame = isDeepStrictEqual(withPlainNarrative(result.value), withPlainNarrative(expected));
  return isSame ? undefined : `gives ${JSON.stringify(result.value)}`;
}

/** One case has its narrative with other white space, and with an entity in place of a quote: the same to a reader of XHTML. */
function withPlainNarrative(resource: JsonObject): JsonObject {
  const { text } = resource;
  if (text === undefined || !isJsonObject(text) || typeof text.div !== "string") return resource;
  const div = text.div
    .replaceAll("&quot;", '"')
    .replaceAll(/\s+/g, " ")
    .replaceAll(/ ?(<[^>]*>) ?/g, "$1");
  return { ...resource, text: { ...text, div } };
}

/** The resource in a part of a case, where it has one. */
function resourceIn(one: XmlElement, part: string, text: string): JsonObject | undefined {
  const resource = one.elements.find(({ name }) => name === part)?.elements[0];
  return resource === undefined ? undefined : expectOk(readFhirXml(text.slice(resource.start, resource.end)));
}

function jsonFlaw({ doc, patch, expected, error }: JsonPatchCase): string | undefined {
  const result = applyJsonPatch(doc, patch);
  if (error !== undefined) return result.ok ? "was applied, and should not have been" : undefined;
  if (!result.ok) return result.problems[0].message;
  return isDeepStrictEqual(result.value, expected) ? undefined : "gives something else";
}
