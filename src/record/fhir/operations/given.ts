import {
  failed,
  incorrect,
  isJsonObject,
  type Json,
  type JsonObject,
  ok,
  okUnless,
  type Problem,
  type Result,
} from "#kernel";
import { checkResource } from "#standards/fhir";
import type { Asked } from "../asked.ts";
import type { Given, Operation, OperationParameter } from "./operation.ts";
import { valueOfParameter, valueOfText } from "./parameter-value.ts";

export interface GivenParameters {
  readonly given: Given;
  /** Those that are not declared, of an operation that is a search. */
  readonly search: URLSearchParams;
}

interface Gathering {
  readonly operation: Operation;
  readonly given: Map<string, Json[]>;
  readonly search: URLSearchParams;
  readonly problems: Problem[];
}

/** What the door itself acts on. */
const doorParameters = ["_format", "_pretty"];

/**
 * The parameters of a call: of its address, and of the Parameters, or the one resource, in its body. Problems: incorrect,
 * `unknown-search-parameter` for one that the operation does not have, `wrong-search-value`, `required-element-missing`;
 * those of the body. Source: FHIR R4 §3.2.0.1 (executing an operation).
 */
export function givenParameters(operation: Operation, asked: Asked): Result<GivenParameters> {
  const gathering = {
    operation,
    given: new Map<string, Json[]>(),
    search: new URLSearchParams(),
    problems: [] as Problem[],
  };
  for (const [name, text] of asked.query) if (!doorParameters.includes(name)) addText(gathering, name, text);
  const body = sentBody(asked);
  if (!body.ok) return body;
  if (body.value !== undefined) addBody(gathering, body.value);
  for (const { name, isRequired } of operation.parameters) {
    if (isRequired === true && !gathering.given.has(name)) gathering.problems.push(missing(name));
  }
  const { given, search, problems } = gathering;
  return okUnless(problems, { given, search });
}

/** A call without a body is as good as one with empty Parameters. */
function sentBody(asked: Asked): Result<JsonObject | undefined> {
  const body = asked.resource();
  const isAbsent = asked.bytes.length === 0 && (!body.ok || body.value.resourceType === undefined);
  return isAbsent ? ok(undefined) : body;
}

function addText(gathering: Gathering, name: string, text: string): void {
  const parameter = declared(gathering, name);
  if (parameter !== undefined) add(gathering, parameter, valueOfText(parameter.type, text));
  else if (gathering.operation.isSearch === true) gathering.search.append(name, text);
  else gathering.problems.push(unknown(name));
}

function addBody(gathering: Gathering, body: JsonObject): void {
  const taken = gathering.operation.parameters.filter(({ type }) => type === "Resource");
  const [only] = taken;
  if (body.resourceType === "Parameters") addParameters(gathering, body);
  else if (only === undefined || taken.length > 1) {
    const message = "The body must be a Parameters resource.";
    gathering.problems.push(incorrect("wrong-kind", message, { where: "Parameters" }));
  } else add(gathering, only, valueOfParameter("Resource", { resource: body }));
}

function addParameters(gathering: Gathering, body: JsonObject): void {
  const parameters = Array.isArray(body.parameter) ? (body.parameter as readonly Json[]) : [];
  // What resources hold is for the operation to judge.
  const shell = { ...body, ...(parameters.length > 0 && { parameter: parameters.map(withoutResource) }) };
  const wrong = checkResource(shell);
  gathering.problems.push(...wrong);
  if (wrong.length > 0) return;
  for (const parameter of parameters as readonly JsonObject[]) {
    const name = String(parameter.name);
    const known = declared(gathering, name);
    if (known !== undefined) add(gathering, known, valueOfParameter(known.type, parameter));
    else if (gathering.operation.isSearch === true) addSearchValue(gathering, name, parameter);
    else gathering.problems.push(unknown(name));
  }
}

function withoutResource(parameter: Json): Json {
  if (!isJsonObject(parameter)) return parameter;
  const { resource: _resource, ...rest } = parameter;
  return rest;
}

function addSearchValue(gathering: Gathering, name: string, parameter: JsonObject): void {
  const value = valueOfParameter("string", parameter);
  if (typeof value === "string") gathering.search.append(name, value);
  else gathering.problems.push(wrongValue(name));
}

function declared({ operation }: Gathering, name: string): OperationParameter | undefined {
  return operation.parameters.find((parameter) => parameter.name === name);
}

function add({ given, problems }: Gathering, parameter: OperationParameter, value: Json | undefined): void {
  const { name, type, isRepeated } = parameter;
  const before = given.get(name) ?? [];
  if (value === undefined) problems.push(wrongValue(name, type));
  else if (before.length > 0 && isRepeated !== true) {
    problems.push(incorrect("wrong-search-value", "This parameter may be given once.", { where: name }));
  } else given.set(name, [...before, value]);
}

function unknown(name: string): Problem {
  return incorrect("unknown-search-parameter", "The operation has no such parameter.", { where: name });
}

function wrongValue(name: string, type = "string"): Problem {
  return incorrect("wrong-search-value", `The value must be of type ${type}.`, { where: name });
}

function missing(name: string): Problem {
  return incorrect("required-element-missing", "The operation needs this parameter.", { where: name });
}

/** For an operation that cannot do without something that no parameter alone says. */
export function missingOf(where: string, message: string): Result<never> {
  return failed(incorrect("required-element-missing", message, { where }));
}
