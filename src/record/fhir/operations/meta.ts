import { expectOk, isJsonObject, type Json, type JsonObject, limits, ok, type Result } from "#kernel";
import type { Version } from "../../documents/document.ts";
import { jsonText, parseJson } from "../../documents/json-text.ts";
import type { Answer } from "../answer.ts";
import { isRace } from "../condition.ts";
import type { FhirContext } from "../context.ts";
import { readCurrent, readWritten } from "./current.ts";
import { givenObject, type Invocation, type Operation } from "./operation.ts";

/** Lists of meta that stand for themselves; the others are of one version, and the record's affair. */
const lists = ["profile", "security", "tag"] as const;

const definitionBase = "http://hl7.org/fhir/OperationDefinition/Resource-";

const sentMeta = {
  name: "meta",
  type: "Meta",
  isRequired: true,
  documentation: "Profiles, security labels and tags",
} as const;

/** Source: FHIR R4 OperationDefinition/Resource-meta. */
export const metaOperation: Operation = {
  code: "meta",
  title: "Profiles, security labels and tags of a resource",
  description: "The meta of a resource, or of one version of it.",
  levels: ["instance", "version"],
  affectsState: false,
  definition: `${definitionBase}meta`,
  parameters: [],
  run: async ({ type, id, version }, { record }) => {
    const found = await (version === ""
      ? readCurrent(record, type, id)
      : readWritten(record, { kind: type, id }, version));
    return found.ok ? ok(answerOf(metaOf(bodyOf(found.value)))) : found;
  },
};

/** Source: FHIR R4 OperationDefinition/Resource-meta-add. */
export const metaAddOperation: Operation = {
  code: "meta-add",
  title: "Add profiles, security labels and tags to a resource",
  description: "Adds what the resource does not have yet, as a new version.",
  levels: ["instance"],
  affectsState: true,
  definition: `${definitionBase}meta-add`,
  parameters: [sentMeta],
  run: (invocation, context) => changeMeta(invocation, context, added),
};

/** Source: FHIR R4 OperationDefinition/Resource-meta-delete. */
export const metaDeleteOperation: Operation = {
  code: "meta-delete",
  title: "Take profiles, security labels and tags from a resource",
  description: "Takes away what the resource has of these, as a new version; what it has not is no problem.",
  levels: ["instance"],
  affectsState: true,
  definition: `${definitionBase}meta-delete`,
  parameters: [sentMeta],
  run: (invocation, context) => changeMeta(invocation, context, removed),
};

type ListChange = (before: readonly Json[], given: readonly Json[]) => readonly Json[];

const added: ListChange = (before, given) => [
  ...before,
  ...given.filter((item) => !before.some((own) => isSame(own, item))),
];
const removed: ListChange = (before, given) => before.filter((own) => !given.some((item) => isSame(own, item)));

/** Codes are the same by system and code; profiles by their text. */
function isSame(one: Json, other: Json): boolean {
  if (!isJsonObject(one) || !isJsonObject(other)) return one === other;
  return one.system === other.system && one.code === other.code;
}

async function changeMeta(
  invocation: Invocation,
  { record }: FhirContext,
  change: ListChange,
): Promise<Result<Answer>> {
  const { type: kind, id, given } = invocation;
  const sent = givenObject(given, "meta") ?? {};
  for (let attempt = 1; ; attempt += 1) {
    const found = await readCurrent(record, kind, id);
    if (!found.ok) return found;
    const before = bodyOf(found.value);
    const body = { ...before, meta: changedMeta(metaOf(before), sent, change) };
    const operation = { action: "update", kind, id, body, ifMatch: found.value.version } as const;
    const written = await record.transact({ operations: [operation] });
    if (written.ok) {
      const [outcome] = written.value;
      return ok(answerOf(metaOf(outcome === undefined ? body : bodyOf(outcome.version))));
    }
    if (!isRace(written.problems[0]) || attempt >= limits.conditionalAttemptsMax) return written;
  }
}

function changedMeta(before: JsonObject, sent: JsonObject, change: ListChange): JsonObject {
  const meta: Record<string, Json> = { ...before };
  for (const name of lists) {
    const list = change(listOf(before[name]), listOf(sent[name]));
    if (list.length > 0) meta[name] = list as Json;
    else delete meta[name];
  }
  return meta;
}

function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

function bodyOf({ body }: Version): JsonObject {
  return expectOk(parseJson(body, Number.POSITIVE_INFINITY)) as JsonObject;
}

function metaOf({ meta }: JsonObject): JsonObject {
  return isJsonObject(meta) ? meta : {};
}

function answerOf(meta: JsonObject): Answer {
  const body = jsonText({ resourceType: "Parameters", parameter: [{ name: "return", valueMeta: meta }] });
  return { status: 200, body };
}
