import type { Json } from "#kernel";
import type { Compiled } from "./compiling.ts";
import { decimalFrom } from "./decimal.ts";
import { type Collection, none, one, rootNode } from "./node.ts";
import { type Evaluate, fail, type Run } from "./run.ts";
import { isResource, typeOfJson, ucumSystem } from "./values.ts";

const texts: Readonly<Record<string, string>> = {
  ucum: ucumSystem,
  sct: "http://snomed.info/sct",
  loinc: "http://loinc.org",
};

/** Source: FHIRPath 2.0 §9 (Environment variables), FHIR R4 §2.9.1.2. */
export function compileExternal(name: string): Compiled {
  const text = textOfExternal(name);
  if (text !== undefined) {
    const nodes = one(text);
    return { evaluate: () => nodes, types: ["System.String"] };
  }
  return { evaluate: nodesOf(name), types: undefined };
}

/** The text of a constant that is the same everywhere. */
export function textOfExternal(name: string): string | undefined {
  return Object.hasOwn(texts, name) ? texts[name] : canonicalOf(name);
}

function canonicalOf(name: string): string | undefined {
  if (name.startsWith("vs-")) return `http://hl7.org/fhir/ValueSet/${name.slice(3)}`;
  return name.startsWith("ext-") ? `http://hl7.org/fhir/StructureDefinition/${name.slice(4)}` : undefined;
}

function nodesOf(name: string): Evaluate {
  switch (name) {
    case "context":
      return (run) => run.root;
    case "resource":
      return (run) => resourceNodes(run, run.environment.resource);
    case "rootResource":
      return (run) => resourceNodes(run, run.environment.rootResource ?? run.environment.resource);
    default:
      return (run) => {
        const { variables } = run.environment;
        if (variables !== undefined && Object.hasOwn(variables, name)) return variableNodes(variables[name]);
        return fail(run, "fhirpath-unknown-variable", `There is no variable %${name}.`);
      };
  }
}

function resourceNodes(run: Run, given: unknown): Collection {
  if (given === undefined) return run.root;
  return isResource(given) ? [rootNode(given, typeOfJson(given))] : none;
}

function variableNodes(value: unknown): Collection {
  if (value === undefined || value === null) return none;
  if (Array.isArray(value)) return value.flatMap(variableNodes);
  if (typeof value === "number") return one(Number.isInteger(value) ? value : decimalFrom(value));
  return typeof value === "object"
    ? [rootNode(value as Json, typeOfJson(value as Json))]
    : one(value as string | boolean);
}
