/**
 * The official FHIRPath suite for R4 (tests-fhir-r4.xml): every expression is compiled strictly and evaluated on its input;
 * what comes out must have the values and types that the suite states, and what it calls invalid must be a problem.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expectOk, instant, isJsonObject, type JsonObject, type Result } from "#kernel";
import { checkResource, isResourceType } from "#standards/fhir";
import { readFhirXml } from "#standards/fhir-xml";
import { compileFhirPath, type FhirPathEnvironment, type FhirPathValue } from "#standards/fhirpath";
import { parseXml, type XmlElement } from "#standards/xml";
import { testData } from "../data.ts";
import type { SuiteResult } from "./suite.ts";

interface Case {
  readonly name: string;
  readonly input: string;
  readonly expression: string;
  readonly isInvalid: boolean;
  /** Only whether there is a result is asked. */
  readonly isPredicate: boolean;
  readonly isOrdered: boolean;
  readonly outputs: readonly Output[];
}

interface Output {
  readonly type: string | undefined;
  readonly text: string;
}

/** Why a case is left out. There is none. */
const exclusions: Readonly<Record<string, string>> = {};

const folder = testData("fhirpath");

export async function run(): Promise<SuiteResult> {
  if (folder.skip !== false) return { passed: 0, total: 1, excluded: 0, failures: [folder.skip] };
  const cases = readCases();
  const inputs = new Map([...new Set(cases.map(({ input }) => input))].map((name) => [name, readInput(name)]));
  const flaws = cases.map((each) => ({ each, flaw: flawOf(each, inputs.get(each.input) ?? {}) }));
  const failures = flaws.flatMap(({ each, flaw }) => {
    if (exclusions[each.name] !== undefined) return flaw === undefined ? [`${each.name}: excluded, and passes`] : [];
    return flaw === undefined ? [] : [`${each.name}: ${each.expression}: ${flaw}`];
  });
  const excluded = cases.filter(({ name }) => exclusions[name] !== undefined).length;
  return { passed: cases.length - excluded - failures.length, total: cases.length, excluded, failures };
}

function readCases(): readonly Case[] {
  const text = readFileSync(join(folder.path, "tests-fhir-r4.xml"), "utf8");
  const { root } = expectOk(parseXml(text));
  const groups = root.elements.filter(({ name }) => name === "group");
  return groups.flatMap(({ elements }) => elements.filter(({ name }) => name === "test").map(caseOf));
}

function caseOf(test: XmlElement): Case {
  const expression = test.elements.find(({ name }) => name === "expression");
  return {
    name: attribute(test, "name") ?? "",
    input: attribute(test, "inputfile") ?? "",
    expression: expression?.text ?? "",
    isInvalid: expression !== undefined && attribute(expression, "invalid") !== undefined,
    isPredicate: attribute(test, "predicate") === "true",
    isOrdered: attribute(test, "ordered") !== "false",
    outputs: test.elements
      .filter(({ name }) => name === "output")
      .map((output) => ({ type: attribute(output, "type"), text: output.text })),
  };
}

function attribute({ attributes }: XmlElement, wanted: string): string | undefined {
  return attributes.find(({ name }) => name === wanted)?.value;
}

function readInput(name: string): JsonObject {
  if (name === "") return {};
  const text = readFileSync(join(folder.path, "inputs", name), "utf8");
  const value: unknown = name.endsWith(".xml") ? expectOk(readFhirXml(text)) : JSON.parse(text);
  return isJsonObject(value) ? value : {};
}

const environment: FhirPathEnvironment = {
  now: instant(Date.parse("2026-11-23T09:30:00.000Z")),
  conformsTo: (url, resource) => {
    const type = url.replace("http://hl7.org/fhir/StructureDefinition/", "");
    if (!isResourceType(type)) return undefined;
    return type === resource.resourceType && checkResource(resource).length === 0;
  },
};

/** What is wrong with the result of a case; undefined where nothing is. */
function flawOf(
  { expression, isInvalid, isPredicate, isOrdered, outputs }: Case,
  input: JsonObject,
): string | undefined {
  const result = evaluate(expression, input);
  if (isInvalid) return result.ok ? "should be a problem" : undefined;
  if (!result.ok) return result.problems[0].message;
  const found = isPredicate ? [String(result.value.length > 0)] : result.value.map(textOf);
  const expected = outputs.map(({ text }) => text.replace(/^@T?(?=\d)/, "").replace(/^-(?=[0.]+$)/, ""));
  if (!isOrdered) [found, expected].forEach((texts) => void texts.sort());
  if (!sameTexts(found, expected)) return `gives ${JSON.stringify(found)}, not ${JSON.stringify(expected)}`;
  const strange = isPredicate ? undefined : outputs.find(({ type }, at) => !isOfType(result.value[at], type));
  return strange === undefined || !isOrdered ? undefined : `should be of type ${strange.type}`;
}

function evaluate(expression: string, input: JsonObject): Result<readonly FhirPathValue[]> {
  const compiled = compileFhirPath(expression, { type: String(input.resourceType), isStrict: true });
  return compiled.ok ? compiled.value.evaluateTyped(input, environment) : compiled;
}

function textOf({ text }: FhirPathValue): string {
  return text;
}

function sameTexts(found: readonly string[], expected: readonly string[]): boolean {
  return found.length === expected.length && found.every((text, at) => text === expected[at]);
}

/** The suite writes System's and FHIR's types alike: `integer`, `dateTime`. */
function isOfType(value: FhirPathValue | undefined, type: string | undefined): boolean {
  if (type === undefined || value === undefined) return true;
  return value.type.replace(/^System\./, "").toLowerCase() === type.toLowerCase();
}
