import { failed, incorrect, isJsonObject, type Json, type JsonObject, ok, type Result } from "#kernel";
import type { Asked } from "#record";
import type { Coding } from "#standards/terminology";

/** What an operation was asked with, from a query or a Parameters resource. */
export interface InParameters {
  text(name: string): string | undefined;
  texts(name: string): readonly string[];
  /** Problems: incorrect `wrong-parameter`. */
  truth(name: string): Result<boolean | undefined>;
  /** Zero or more. Problems: incorrect `wrong-parameter`. */
  count(name: string): Result<number | undefined>;
  codings(name: string): readonly Coding[];
  /** The codings of a CodeableConcept. */
  concept(name: string): readonly Coding[];
  resource(name: string): JsonObject | undefined;
}

interface Given {
  readonly name: string;
  readonly value: Json;
}

/** What the door itself acts on. */
const doorParameters: ReadonlySet<string> = new Set(["_format", "_pretty"]);

/**
 * The parameters of a request; none that would be passed over. Problems: incorrect `not-parameters`,
 * `unknown-parameter`, and those of reading a resource.
 * Source: FHIR R4 §3.2.0.2 (executing an operation).
 */
export function readInParameters(asked: Asked, known: readonly string[]): Result<InParameters> {
  const sent = sentParameters(asked);
  if (!sent.ok) return sent;
  const queried = [...asked.query]
    .filter(([name]) => !doorParameters.has(name))
    .map(([name, value]) => ({ name, value }));
  const given: readonly Given[] = [...queried, ...sent.value];
  const stranger = given.find(({ name }) => !known.includes(name));
  if (stranger === undefined) return ok(inParameters(given));
  const message = "This parameter is none that Corridor acts on here.";
  return failed(incorrect("unknown-parameter", message, { where: stranger.name }));
}

function sentParameters(asked: Asked): Result<readonly Given[]> {
  if (asked.bytes.length === 0) return ok([]);
  const body = asked.resource();
  return body.ok ? parameterList(body.value) : body;
}

function parameterList({ resourceType, parameter }: JsonObject): Result<readonly Given[]> {
  if (resourceType !== "Parameters" || (parameter !== undefined && !Array.isArray(parameter)))
    return failed(notParameters);
  const given: Given[] = [];
  for (const one of (parameter ?? []) as readonly Json[]) {
    if (!isJsonObject(one) || typeof one.name !== "string") return failed(notParameters);
    const { name, resource, ...rest } = one;
    const key = Object.keys(rest).find((member) => member.startsWith("value"));
    const value = resource ?? (key === undefined ? undefined : rest[key]);
    if (value !== undefined) given.push({ name, value });
  }
  return ok(given);
}

const notParameters = incorrect("not-parameters", "The body must be a Parameters resource.", { where: "Parameters" });

function inParameters(given: readonly Given[]): InParameters {
  const values = (name: string) => given.filter((one) => one.name === name).map(({ value }) => value);
  const texts = (name: string) =>
    values(name).flatMap((value) => (typeof value === "object" || value === "" ? [] : [String(value)]));
  const objects = (name: string) => values(name).filter(isJsonObject);
  return {
    text: (name) => texts(name)[0],
    texts,
    truth: (name) => truth(name, texts(name)[0]),
    count: (name) => count(name, texts(name)[0]),
    codings: (name) => objects(name).map(codingOf),
    concept: (name) =>
      objects(name).flatMap(({ coding }) => (Array.isArray(coding) ? coding.filter(isJsonObject).map(codingOf) : [])),
    resource: (name) => objects(name)[0],
  };
}

function truth(where: string, text: string | undefined): Result<boolean | undefined> {
  if (text === undefined) return ok(undefined);
  if (text === "true" || text === "false") return ok(text === "true");
  return failed(incorrect("wrong-parameter", "This must be true or false.", { where }));
}

function count(where: string, text: string | undefined): Result<number | undefined> {
  if (text === undefined) return ok(undefined);
  if (/^\d{1,9}$/.test(text)) return ok(Number(text));
  return failed(incorrect("wrong-parameter", "This must be a whole number, zero or more.", { where }));
}

function codingOf(value: JsonObject): Coding {
  const member = (name: string) => (typeof value[name] === "string" ? { [name]: value[name] } : {});
  return { ...member("system"), ...member("version"), ...member("code"), ...member("display") };
}
