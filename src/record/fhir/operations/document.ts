import { conflict, expectOk, failed, type JsonObject, ok, type Result, toIso } from "#kernel";
import { type Resource, referencesOf } from "#standards/fhir";
import { keyText, type Version } from "../../documents/document.ts";
import { parseJson } from "../../documents/json-text.ts";
import type { HealthRecord } from "../../health-record.ts";
import { type Answer, writtenAnswer } from "../answer.ts";
import { objectText } from "../bundle-text.ts";
import type { FhirContext } from "../context.ts";
import { ownKeys } from "../search-results/references.ts";
import { readCurrent } from "./current.ts";
import { givenFlag, type Invocation, type Operation } from "./operation.ts";

/** Source: FHIR R4 OperationDefinition/Composition-document. */
export const documentOperation: Operation = {
  code: "document",
  title: "A document of a composition and all it refers to",
  description: "A Bundle of type document: the Composition first, then every resource that it refers to.",
  types: ["Composition"],
  levels: ["instance"],
  // By `persist` it may write, but R4 lets it be asked for by GET.
  affectsState: false,
  definition: "http://hl7.org/fhir/OperationDefinition/Composition-document",
  parameters: [{ name: "persist", type: "boolean", documentation: "Whether the document is kept, as a Bundle" }],
  run: async (invocation, context) => {
    const document = await documentOf(invocation, context);
    if (!document.ok) return document;
    return givenFlag(invocation.given, "persist")
      ? kept(document.value, invocation, context)
      : ok({ status: 200, body: document.value });
  },
};

/** Problems: not-found; conflict, code `reference-not-found`, where something it refers to is not to be had. */
async function documentOf({ id, asked }: Invocation, { record, clock, ids }: FhirContext): Promise<Result<string>> {
  const composition = await readCurrent(record, "Composition", id);
  if (!composition.ok) return composition;
  const parts = await partsOf(composition.value, { record, base: asked.base });
  if (!parts.ok) return parts;
  const entries = [composition.value, ...parts.value].map((version) =>
    objectText({ fullUrl: JSON.stringify(`${asked.base}/${keyText(version)}`), resource: version.body }),
  );
  const identifier = { system: "urn:ietf:rfc:3986", value: `urn:uuid:${ids.next()}` };
  return ok(
    objectText({
      resourceType: '"Bundle"',
      identifier: JSON.stringify(identifier),
      type: '"document"',
      timestamp: JSON.stringify(toIso(clock.now())),
      entry: `[${entries.join(",")}]`,
    }),
  );
}

interface PartsNeeds {
  readonly record: HealthRecord;
  readonly base: string;
}

/** In the order in which the composition names them. Source: FHIR R4 §2.42.1 (what a document includes). */
async function partsOf(composition: Version, { record, base }: PartsNeeds): Promise<Result<readonly Version[]>> {
  const links = referencesOf(JSON.parse(composition.body) as Resource);
  const keys = ownKeys(
    links.map(({ target }) => target),
    base,
  ).filter((key) => keyText(key) !== keyText(composition));
  const read = await record.readMany(keys);
  if (!read.ok) return read;
  const byKey = new Map(read.value.map((version) => [keyText(version), version]));
  const parts = keys.flatMap((key) => byKey.get(keyText(key)) ?? []);
  const absent = keys.find((key) => !byKey.has(keyText(key)));
  if (absent === undefined) return ok(parts);
  const where = links.find(({ target }) => target.includes(keyText(absent)))?.where ?? "Composition";
  return failed(
    conflict("reference-not-found", "The composition refers to something that is not to be had.", { where }),
  );
}

async function kept(text: string, { asked }: Invocation, { record }: FhirContext): Promise<Result<Answer>> {
  const body = expectOk(parseJson(text, Number.POSITIVE_INFINITY)) as JsonObject;
  const written = await record.transact({ operations: [{ action: "create", kind: "Bundle", body }] });
  if (!written.ok) return written;
  const [outcome] = written.value;
  return ok(outcome === undefined ? { status: 200, body: text } : writtenAnswer(outcome, asked.prefer));
}
