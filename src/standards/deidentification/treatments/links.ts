import { isResourceType, parseReference } from "#standards/fhir";
import type { Keyed } from "../project.ts";

/** Where resources of a de-identified set would be: a host that no name server may know. Source: RFC 6761 §6.4. */
export const pseudonymBase = "https://pseudonym.invalid/fhir";
/** The system of every identifier that is a pseudonym. */
export const pseudonymSystem = "https://pseudonym.invalid/identifier";

/**
 * What points at a resource, pointing at its pseudonym: `Patient/1`, absolute or with a version, `urn:uuid:…`, `urn:oid:…`,
 * `#contained`, `Patient`, `Patient?identifier=SYSTEM|VALUE`. Undefined for anything else. An absolute one stays absolute at
 * `pseudonymBase`, or becomes relative.
 */
export function mappedLink(text: string, keyed: Keyed, absolute: "absolute" | "relative"): string | undefined {
  if (text.startsWith("urn:uuid:")) return `urn:uuid:${keyed.uuid(text.slice("urn:uuid:".length))}`;
  if (text.startsWith("urn:oid:")) return `urn:oid:${keyed.uid(text.slice("urn:oid:".length))}`;
  if (text === "#") return text;
  if (text.startsWith("#")) return `#${keyed.id(text.slice(1))}`;
  if (isResourceType(text)) return text;
  const literal = parseReference(text);
  if (literal !== undefined && isResourceType(literal.type)) {
    const base = literal.base !== undefined && absolute === "absolute" ? `${pseudonymBase}/` : "";
    return `${base}${literal.type}/${keyed.id(literal.id)}`;
  }
  return mappedCondition(text, keyed);
}

const condition = /^(?:([A-Z][A-Za-z]+)\?)?identifier=(?:[^|&]*(?:\||%7C))?([^|&]+)$/i;

/** Only by one identifier: other criteria may say anything. */
function mappedCondition(text: string, keyed: Keyed): string | undefined {
  const match = condition.exec(text);
  if (match === null) return undefined;
  const [, type, value = ""] = match;
  if (type !== undefined && !isResourceType(type)) return undefined;
  const plain = plainText(value);
  return `${type === undefined ? "" : `${type}?`}identifier=${pseudonymSystem}|${keyed.identifier(plain)}`;
}

function plainText(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
