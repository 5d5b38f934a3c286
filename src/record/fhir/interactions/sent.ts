import { failed, incorrect, isId, type JsonObject, ok, type Problem, type Result, unsupported } from "#kernel";
import { type Resource, withOwnReferences } from "#standards/fhir";
import type { Operation } from "../../documents/operation.ts";
import type { HealthRecord } from "../../health-record.ts";
import { type Answer, writtenAnswer } from "../answer.ts";
import type { Asked } from "../asked.ts";
import { reservedContentProblem } from "./binary-content.ts";
import { requestedType } from "./requested.ts";

export interface Sent {
  readonly type: string;
  readonly body: JsonObject;
}

/** The resource that was sent, which is of the type in the address. Problems: those of both, and `wrong-kind`. */
export function sentResource(asked: Asked): Result<Sent> {
  const type = requestedType(asked);
  if (!type.ok) return type;
  const body = asked.resource();
  if (!body.ok) return body;
  const isOurs = asked.blob !== undefined;
  const problem = typeProblem(type.value, body.value) ?? (isOurs ? undefined : reservedContentProblem(body.value));
  return problem === undefined ? ok({ type: type.value, body: ownedBody(body.value, asked) }) : failed(problem);
}

/** Most bodies do not name this server at all, and need not be walked through. */
function ownedBody(body: JsonObject, { bytes, base }: Asked): JsonObject {
  return bytes.length > 0 && !Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).includes(`${base}/`)
    ? body
    : withOwnReferences(body as Resource, base);
}

/** Every resource states its type, and it must be the one that was asked for. */
export function typeProblem(type: string, { resourceType }: JsonObject): Problem | undefined {
  if (resourceType === type) return undefined;
  const says = typeof resourceType === "string" ? "another resourceType" : "no resourceType";
  return incorrect("wrong-kind", `The address asks for ${type}, but the body states ${says}.`, { where: type });
}

/** Source: FHIR R4 §3.1.0.4 (the resource must have an id that is identical to the one in the address). */
export function idProblem(type: string, id: string, body: JsonObject): Problem | undefined {
  const where = `${type}.id`;
  if (!isId(id)) return incorrect("invalid-id", "An id is 1 to 64 letters, digits, hyphens or dots.", { where });
  if (body.id === id) return undefined;
  return incorrect("wrong-id", "The id in the body must be the one in the address.", { where });
}

/** Told as 405. */
export function appendOnlyProblem(type: string): Problem | undefined {
  if (type !== "AuditEvent") return undefined;
  const message = "AuditEvents are never changed or deleted; new ones may be posted.";
  return unsupported("method-not-allowed", message, { where: type });
}

export async function writeOne(record: HealthRecord, asked: Asked, operation: Operation): Promise<Result<Answer>> {
  const blobs = asked.blob === undefined ? {} : { blobs: [asked.blob] };
  const result = await record.transact({ operations: [operation], ...blobs });
  if (!result.ok) return result;
  const [outcome] = result.value;
  return ok(outcome === undefined ? { status: 200 } : writtenAnswer(outcome, asked.prefer));
}
