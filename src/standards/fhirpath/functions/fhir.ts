import { isJsonObject, type JsonObject } from "#kernel";
import { isPrimitive, isSubtype } from "../model.ts";
import { stepInto } from "../navigation.ts";
import { type Collection, type Node, none, one, rootNode } from "../node.ts";
import { type FhirPathCoding, fail, failUnsupported, type Run } from "../run.ts";
import { isResource, systemValueOf, textOf, typeOfJson } from "../values.ts";
import { type FunctionTable, givesBoolean, valueFunction } from "./rule.ts";

const extensions = stepInto((_, context) => context, "extension");

/** Source: FHIR R4 §2.9.1.1 (Additional functions). */
export const fhirFunctions: FunctionTable = {
  extension: valueFunction(
    1,
    (run, input, [url = none]) => {
      const wanted = textOf(run, url);
      return extensions(run, input).filter(({ value }) => isJsonObject(value) && value.url === wanted);
    },
    { gives: "Extension" },
  ),
  hasValue: valueFunction(0, (_, input) => one(input.length === 1 && hasValue(input[0])), givesBoolean),
  getValue: valueFunction(0, (_, [node, ...rest]) =>
    node !== undefined && rest.length === 0 && hasValue(node) ? one(systemValueOf(node)) : none,
  ),
  resolve: valueFunction(0, (run, input) => input.flatMap((node) => resolved(run, node))),
  htmlChecks: valueFunction(0, htmlChecks, givesBoolean),
  conformsTo: valueFunction(1, conformsTo, givesBoolean),
  memberOf: valueFunction(1, memberOf, givesBoolean),
  subsumes: valueFunction(1, (run, input, [other = none]) => subsumes(run, input, other), givesBoolean),
  subsumedBy: valueFunction(1, (run, input, [other = none]) => subsumes(run, other, input), givesBoolean),
};

function htmlChecks(run: Run, input: Collection): Collection {
  const { htmlChecks } = run.environment;
  if (htmlChecks === undefined)
    return failUnsupported(run, "fhirpath-no-html-checks", "Narratives are not checked here.");
  return one(input.every(({ value }) => typeof value !== "string" || htmlChecks(value)));
}

function hasValue(node: Node | undefined): boolean {
  if (node === undefined || node.value === undefined) return false;
  return node.type === "" ? typeof node.value !== "object" : isPrimitive(node.type) || node.type.startsWith("System.");
}

function resolved(run: Run, { value }: Node): Collection {
  const reference = isJsonObject(value) ? (value as JsonObject).reference : value;
  if (typeof reference !== "string") return none;
  const found = reference.startsWith("#") ? containedOf(run, reference) : undefined;
  const resource = found ?? run.environment.resolve?.(reference);
  return resource === undefined ? none : [rootNode(resource, typeOfJson(resource))];
}

function containedOf(run: Run, reference: string): JsonObject | undefined {
  const { resource = run.root[0]?.value, rootResource = resource } = run.environment;
  if (!isResource(rootResource)) return undefined;
  if (reference === "#") return rootResource;
  const { contained } = rootResource;
  if (!Array.isArray(contained)) return undefined;
  return (contained as readonly JsonObject[]).find((each) => `#${each?.id}` === reference);
}

function conformsTo(run: Run, input: Collection, [profile = none]: readonly Collection[]): Collection {
  const url = textOf(run, profile);
  const [node] = input;
  if (url === undefined || node === undefined || !isJsonObject(node.value)) return none;
  const { conformsTo } = run.environment;
  if (conformsTo === undefined) return failUnsupported(run, "fhirpath-no-profiles", "No profiles are known here.");
  const conforms = conformsTo(url, node.value as JsonObject);
  return conforms === undefined ? fail(run, "fhirpath-unknown-profile", "The profile is not known.") : one(conforms);
}

/** Codes, Codings and CodeableConcepts; any coding that is in the value set makes it true. Unknown is empty. */
function memberOf(run: Run, input: Collection, [valueSet = none]: readonly Collection[]): Collection {
  const url = textOf(run, valueSet);
  const [node] = input;
  if (url === undefined || node === undefined || input.length > 1) return none;
  const { memberOf } = run.environment;
  if (memberOf === undefined) return failUnsupported(run, "fhirpath-no-terminology", "No terminology is known here.");
  const answers = codingsOf(node).map((coding) => memberOf(url, coding));
  if (answers.includes(true)) return one(true);
  return answers.includes(undefined) ? none : one(false);
}

function codingsOf({ value, type }: Node): readonly FhirPathCoding[] {
  if (typeof value === "string") return [{ code: value }];
  if (!isJsonObject(value)) return [];
  const { coding } = value as JsonObject;
  const isConcept = isSubtype(type, "CodeableConcept") || Array.isArray(coding);
  return (isConcept ? (Array.isArray(coding) ? coding : []) : [value]) as readonly FhirPathCoding[];
}

function subsumes(run: Run, general: Collection, special: Collection): Collection {
  const [first, second] = [general[0], special[0]];
  if (first === undefined || second === undefined) return none;
  const answers = codingsOf(first).flatMap((left) =>
    codingsOf(second).map((right) =>
      left.code === right.code && left.system === right.system ? true : run.environment.subsumes?.(left, right),
    ),
  );
  if (answers.includes(true)) return one(true);
  return answers.includes(undefined) ? none : one(false);
}
