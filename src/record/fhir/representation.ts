import {
  expectOk,
  failed,
  type HttpReply,
  type JsonObject,
  ok,
  type Problems,
  type Result,
  unsupported,
} from "#kernel";
import { httpStatusOf, operationOutcome } from "#standards/fhir";
import { writeFhirXml } from "#standards/fhir-xml";
import { jsonText, parseJson } from "../documents/json-text.ts";
import { type FhirFormat, fhirTypes } from "./media-type.ts";

/** How the caller wants to see resources. */
export interface Representation {
  readonly format: FhirFormat;
  readonly isPretty: boolean;
}

/** The most usual one: what is stored is sent as it stands. */
export const storedForm: Representation = { format: "json", isPretty: false };

const indent = 2;

/**
 * The reply with its resource, which is JSON text, in the form that is wanted; content of other types stays. Problems:
 * unsupported, code `not-acceptable`, for what XML has no place for.
 */
export function represented(reply: HttpReply, { format, isPretty }: Representation): Result<HttpReply> {
  const { body, headers } = reply;
  if (typeof body !== "string" || (format === "json" && !isPretty)) return ok(reply);
  const resource = expectOk(parseJson(body, Number.POSITIVE_INFINITY)) as JsonObject;
  if (format === "json") return ok({ ...reply, body: jsonText(resource, indent) });
  const xml = writeFhirXml(resource, isPretty ? { indent } : {});
  if (!xml.ok) return failed(notInXml);
  return ok({ ...reply, headers: { ...headers, "content-type": fhirTypes.xml }, body: xml.value });
}

const notInXml = unsupported(
  "not-acceptable",
  "This holds something that XML has no place for, such as a control character; ask for application/fhir+json.",
  { where: "Accept" },
);

/**
 * What the caller did wrong, told in XML where that is wanted; undefined where the HTTP door tells it itself: in JSON, and
 * whatever is not the caller's doing, which it logs.
 */
export function representedFailure(problems: Problems, { format, isPretty }: Representation): HttpReply | undefined {
  const isCallers = problems.every(({ category }) => !["fault", "busy", "unavailable"].includes(category));
  if (format === "json" || !isCallers) return undefined;
  const outcome = operationOutcome(problems) as unknown as JsonObject;
  const xml = writeFhirXml(outcome, isPretty ? { indent } : {});
  if (!xml.ok) return undefined;
  return { status: httpStatusOf(problems), headers: { "content-type": fhirTypes.xml }, body: xml.value };
}
