import type { Identifier, Reference } from "#standards/fhir";
import { urnPart } from "../coding-systems.ts";
import type { FieldReader } from "../message-reader.ts";
import { present } from "../present.ts";

/** Namespace, universal id and its type: components of a field, or subcomponents of one component. */
export interface Authority {
  readonly namespace: string | undefined;
  readonly universalId: string | undefined;
  readonly universalIdType: string | undefined;
}

/** An HD that is a component of another type. */
export function authorityIn(field: FieldReader, component: number): Authority {
  return {
    namespace: field.text(component, 1),
    universalId: field.text(component, 2),
    universalIdType: field.text(component, 3),
  };
}

/** An HD spread over components: the parts of an EI behind its identifier, or an HD field from component 1. */
export function authorityFrom(field: FieldReader, first: number): Authority {
  return {
    namespace: field.text(first),
    universalId: field.text(first + 1),
    universalIdType: field.text(first + 2),
  };
}

const oid = /^[0-2](\.(0|[1-9]\d*))+$/;
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * The system of identifiers that an authority gives, always the same for the same authority: `urn:oid:…` or
 * `urn:uuid:…` when it has a universal id of that type, the URI when it has one, otherwise
 * `urn:corridor:authority:NAME`. Undefined for an empty authority.
 * Source: v2-to-FHIR HD[uri]; the names without a universal id are Corridor's own, see docs/conformance/v2-to-fhir.md.
 */
export function identifierSystem({ namespace, universalId, universalIdType }: Authority): string | undefined {
  if (universalId !== undefined) {
    const type = universalIdType?.toUpperCase();
    if (oid.test(universalId)) return `urn:oid:${universalId}`;
    if (uuid.test(universalId)) return `urn:uuid:${universalId.toLowerCase()}`;
    if (type === "URI" && /^[a-z][a-z0-9+.-]*:\S+$/i.test(universalId)) return universalId;
  }
  const name = namespace ?? universalId;
  return name === undefined ? undefined : authoritySystem(name);
}

/**
 * What the system of an identifier does not tell of its authority: the name where there is a universal id, and a universal id
 * that is of no known type. Source: v2-to-FHIR CX[Identifier] row 4.
 */
export function assignerOf(authority: Authority): Reference | undefined {
  const { namespace, universalId, universalIdType } = authority;
  if (universalId === undefined) return undefined;
  if (namespace === undefined) return undefined;
  if (identifierSystem(authority) !== authoritySystem(namespace)) return { display: namespace };
  const type = universalIdType === undefined ? undefined : { text: universalIdType };
  return { identifier: present<Identifier>({ type, value: universalId }) };
}

export function authoritySystem(name: string): string {
  return `urn:corridor:authority:${urnPart(name)}`;
}
