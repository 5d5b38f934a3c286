import type { Json, JsonObject } from "#kernel";
import { compileFhirPath } from "#standards/fhirpath";
import { isMiswritten } from "./code-syntax.ts";
import { isExampleUrl } from "./extension-rules.ts";
import { codingText } from "./terminology-check.ts";
import { error, report, reportUnder, type Visit, warning } from "./visit.ts";
import { xhtmlFlaws } from "./xhtml.ts";

const uri = /^(?:[A-Za-z][A-Za-z0-9+.-]*:|#)/;
const uuid = /^urn:uuid:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const oid = /^urn:oid:[0-2](?:\.(?:0|[1-9]\d*))+$/;

/** What R4 says of single datatypes in its text, and not as invariants. */
export const objectRules: ReadonlyMap<string, (object: JsonObject, visit: Visit) => void> = new Map([
  ["Coding", checkCoding],
  ["Identifier", checkIdentifier],
  ["Attachment", checkAttachment],
  ["Quantity", checkUnit],
  ["Expression", checkExpression],
]);

export const primitiveRules: ReadonlyMap<string, (value: Json, visit: Visit) => void> = new Map([
  ["xhtml", checkXhtml],
  ["uri", checkUri],
]);

/** Source: FHIR R4 §2.24.0.1 (uri: UUIDs in lower case). */
function checkUri(value: Json, visit: Visit): void {
  if (typeof value !== "string" || !value.startsWith("urn:")) return;
  if (value.startsWith("urn:uuid:") && !uuid.test(value))
    report(visit, error("value", "uri-format", "A UUID must be whole and in lower case."));
  if (value.startsWith("urn:oid:") && !oid.test(value))
    report(visit, error("value", "uri-format", "An OID must be numbers with dots between them."));
}

function checkXhtml(value: Json, visit: Visit): void {
  if (typeof value !== "string") return;
  for (const { rule, message } of xhtmlFlaws(value)) {
    if (rule === "xhtml") report(visit, error("invalid", "xhtml", `The narrative ${message}.`));
  }
}

function checkSystem({ system }: JsonObject, type: string, visit: Visit): boolean {
  if (typeof system !== "string" || uri.test(system)) return true;
  const message = `${type}.system must be an absolute URI.`;
  reportUnder(visit, ["system"], error("invalid", "system-not-absolute", message));
  return false;
}

function checkIdentifier(identifier: JsonObject, visit: Visit): void {
  checkSystem(identifier, "Identifier", visit);
}

/** Source: FHIR R4 §2.24.0.6 (Coding). */
function checkCoding(coding: JsonObject, visit: Visit): void {
  const text = codingText(coding);
  if (!checkSystem(coding, "Coding", visit)) return;
  const { system } = coding;
  if (typeof system === "string" && system.startsWith("http://hl7.org/fhir/ValueSet/")) {
    const message = "Coding.system names a value set; it must name a code system.";
    reportUnder(visit, ["system"], error("invalid", "system-is-value-set", message));
    return;
  }
  if (text?.system === undefined) return;
  const { terminology } = visit.means;
  if (isMiswritten(text.system, text.code) || terminology.isCode(text.system, text.code) === false) {
    const message = `The code system ${text.system} does not have this code.`;
    reportUnder(visit, ["code"], error("code-invalid", "unknown-code", message));
    return;
  }
  checkDisplay({ system: text.system, code: text.code, display: text.display }, visit);
}

/** Source: FHIR R4 §2.24.0.9 (Quantity: the coded form of the unit). */
function checkUnit({ system, code }: JsonObject, visit: Visit): void {
  if (typeof system !== "string" || typeof code !== "string" || !visit.means.terminology.knowsSystem(system)) return;
  if (visit.means.terminology.isCode(system, code) !== false) return;
  const message = `The code system ${system} does not have this unit.`;
  reportUnder(visit, ["code"], warning("code-invalid", "unknown-code", message));
}

/** Source: FHIR R4 §2.25.0.6 (Expression). */
function checkExpression({ language, expression }: JsonObject, visit: Visit): void {
  if (language !== "text/fhirpath" || typeof expression !== "string" || compileFhirPath(expression).ok) return;
  reportUnder(visit, ["expression"], error("invalid", "expression-syntax", "The expression is no FHIRPath."));
}

interface Shown {
  readonly system: string;
  readonly code: string;
  readonly display: string | undefined;
}

function checkDisplay({ system, code, display }: Shown, visit: Visit): void {
  if (display === undefined) return;
  const known = visit.means.terminology.displayOf?.(system, code);
  if (known === undefined || sameText(known, display)) return;
  const message = `The code system calls this code "${known}".`;
  reportUnder(visit, ["display"], warning("value", "display-differs", message));
}

function sameText(one: string, other: string): boolean {
  const plain = (text: string): string => text.toLowerCase().replace(/\s+/g, " ").trim();
  return plain(one) === plain(other);
}

/** Source: FHIR R4 §2.24.0.9 (Attachment.size: the bytes before base64). */
function checkAttachment({ data, size, url }: JsonObject, visit: Visit): void {
  if (typeof data === "string" && typeof size === "number" && bytesOfBase64(data) !== size)
    reportUnder(visit, ["size"], error("structure", "attachment-size", "size is not the number of bytes in data."));
  if (typeof url === "string" && visit.means.exampleUrls === "error" && isExampleUrl(url))
    reportUnder(visit, ["url"], error("invalid", "example-url", "Example URLs are not allowed here."));
}

function bytesOfBase64(text: string): number {
  const digits = text.replace(/\s+/g, "");
  const padding = digits.endsWith("==") ? 2 : digits.endsWith("=") ? 1 : 0;
  return (digits.length / 4) * 3 - padding;
}
