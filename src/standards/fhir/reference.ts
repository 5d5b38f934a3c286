/** A reference that names a resource by type and id. */
export interface LiteralReference {
  /** `https://example.org/fhir` of an absolute one, without the last slash; undefined of a relative one. */
  readonly base: string | undefined;
  readonly type: string;
  readonly id: string;
  readonly version: string | undefined;
}

const pattern =
  /^(?:(https?:\/\/.+)\/)?([A-Z][A-Za-z]+)\/([A-Za-z0-9\-.]{1,64})(?:\/_history\/([A-Za-z0-9\-.]{1,64}))?$/;

/**
 * Reads `Patient/1`, `https://example.org/fhir/Patient/1/_history/2` and the like. Undefined for `#contained`, `urn:`,
 * conditional references (`Patient?identifier=1`) and addresses of other forms. The type is not checked against R4.
 * Source: FHIR R4 §2.3.0.1 (literal references).
 */
export function parseReference(text: string): LiteralReference | undefined {
  const match = pattern.exec(text);
  if (match === null) return undefined;
  const [, base, type = "", id = "", version] = match;
  return { base, type, id, version };
}
