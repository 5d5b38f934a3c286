import { hash } from "node:crypto";
import type { Resource } from "#standards/fhir";

/** `Observation/7c…`, by which the record knows it; undefined without an id. */
export function recordReference({ resourceType, id }: Pick<Resource, "resourceType" | "id">): string | undefined {
  return id === undefined ? undefined : `${resourceType}/${id}`;
}

/** A UUID of version 8 made of a name: the same document sent again has the same addresses. Source: RFC 9562 §5.8. */
export function uuidOf(...name: readonly string[]): string {
  const digits = hash("sha256", JSON.stringify(name), "hex");
  const variant = ((Number.parseInt(digits.charAt(16), 16) & 3) | 8).toString(16);
  const [first, second, third] = [digits.slice(0, 8), digits.slice(8, 12), digits.slice(13, 16)];
  return `${first}-${second}-8${third}-${variant}${digits.slice(17, 20)}-${digits.slice(20, 32)}`;
}

export function addressOf(uuid: string): string {
  return `urn:uuid:${uuid}`;
}
