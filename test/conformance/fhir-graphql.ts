/** The published GraphQL cases (FHIR/fhir-test-cases, `r4/graphql`), over the official R4 examples. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { expectOk, type JsonObject, ok } from "#kernel";
import { executeGraphql, type GraphqlPort, parseGraphql } from "#standards/fhir-graphql";
import { parseXml, type XmlElement } from "#standards/xml";
import { testData } from "../data.ts";
import { examplesFolder } from "./fhir-examples.ts";
import type { SuiteResult } from "./suite.ts";

/** Cases left out, with the reason. One that passes after all is a failure. */
export const excluded: ReadonlyMap<string, string> = new Map([
  ["extension-simple", "a field asked for twice is merged (GraphQL §6.3.2); the case expects a list of two"],
  ["search-full", "the case expects figures that its own program makes up: a page size that is not that of the page"],
]);

export async function run(): Promise<SuiteResult> {
  const found = testData("graphql");
  const skip = found.skip !== false ? found.skip : missingExamples();
  if (skip !== false) return { passed: 0, total: 1, excluded: 0, failures: [skip] };
  return runCases(found.path);
}

export function missingExamples(): string | false {
  return existsSync(examplesFolder) ? false : "npm package hl7.fhir.r4.examples is not installed";
}

export async function runCases(folder: string): Promise<SuiteResult> {
  const manifest = expectOk(parseXml(readFileSync(join(folder, "manifest.xml"), "utf8"))).root;
  const failures: string[] = [];
  let left = 0;
  for (const one of manifest.elements) {
    const name = attribute(one, "name");
    const flaw = await flawOf(one, folder);
    const reason = excluded.get(name);
    if (reason !== undefined && flaw !== undefined) left += 1;
    else if (reason !== undefined) failures.push(`${name}: passes, although excluded (${reason})`);
    else if (flaw !== undefined) failures.push(`${name}: ${flaw}`);
  }
  const parsed = parserFlaws(folder);
  const total = manifest.elements.length + parsed.total;
  const flaws = [...failures, ...parsed.flaws];
  return { passed: total - left - flaws.length, total, excluded: left, failures: flaws };
}

function attribute(element: XmlElement, name: string): string {
  return element.attributes.find((found) => found.name === name)?.value ?? "";
}

async function flawOf(one: XmlElement, folder: string): Promise<string | undefined> {
  const query = readFileSync(join(folder, attribute(one, "source")), "utf8");
  const [type = "", id = ""] = attribute(one, "context").split("/");
  const resource = type === "" ? undefined : example(type, id);
  if (type !== "" && resource === undefined) return `there is no example ${type}/${id}`;
  const operationName = attribute(one, "operation");
  const answer = await executeGraphql(
    {
      query,
      variables: { var: true },
      ...(operationName === "" ? {} : { operationName }),
      ...(resource === undefined ? {} : { resource }),
    },
    port,
  );
  const output = attribute(one, "output");
  if (output === "$error") return answer.errors === undefined ? "is answered, and should be an error" : undefined;
  if (answer.errors !== undefined) return answer.errors[0]?.message;
  const expected = JSON.parse(readFileSync(join(folder, output), "utf8"));
  return isDeepStrictEqual(answer.data, expected) ? undefined : `answers ${JSON.stringify(answer.data)}`;
}

/** The examples; a search finds what the suite's own program finds. */
const port: GraphqlPort = {
  read: async (type, id) => example(type, id),
  resolve: async (reference) => {
    const [type = "", id = ""] = reference.split("/");
    // The suite's broken reference is one that its own program cannot find, though there is such an example.
    return type === "MedicationRequest" ? undefined : example(type, id);
  },
  search: async (type) => {
    const ids = type === "Patient" ? ["example", "xds"] : ["example"];
    const resources = ids.map((id) => example(type, id)).filter((resource) => resource !== undefined);
    return ok({ resources, total: resources.length, cursors: {} });
  },
};

/** Ids of the suite that are others in the published examples. */
const renamed: Readonly<Record<string, string>> = { "List/example-long": "List/long" };

function example(type: string, id: string): JsonObject | undefined {
  const [, known = id] = renamed[`${type}/${id}`]?.split("/") ?? [];
  const file = join(examplesFolder, `${type}-${known}.json`);
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
}

/** Documents that a parser must take, one behind each heading. */
function parserFlaws(folder: string): { readonly total: number; readonly flaws: readonly string[] } {
  const sections = readFileSync(join(folder, "parser-tests.gql"), "utf8")
    .split(/^#### /m)
    .slice(1);
  const flaws = sections.flatMap((section) => {
    const end = section.indexOf("\n");
    const parsed = parseGraphql(section.slice(end));
    return parsed.ok ? [] : [`parser, ${section.slice(0, end).trim()}: ${parsed.error.message}`];
  });
  return { total: sections.length, flaws };
}
