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
  return authorityParts(field, [
    [component, 1],
    [component, 2],
    [component, 3],
  ]);
}

/** An HD spread over components: the parts of an EI behind its identifier, or an HD field from component 1. */
export function authorityFrom(field: FieldReader, first: number): Authority {
  return authorityParts(field, [[first], [first + 1], [first + 2]]);
}

type Place = readonly [component: number, subcomponent?: number];

/** An HD by the places of its parts. The type counts as carried over where `identifierSystem` or `assignerOf` tells it. */
export function authorityParts(field: FieldReader, [name, id, type]: readonly [Place, Place, Place]): Authority {
  const [namespace, universalId] = [field.text(...name), field.text(...id)];
  if (universalId === undefined) return { namespace, universalId, universalIdType: undefined };
  const universalIdType = field.peek(...type);
  const isTold = namespace !== undefined || universalSystem({ namespace, universalId, universalIdType }) !== undefined;
  if (isTold) field.text(...type);
  return { namespace, universalId, universalIdType };
}

const oid = /^[0-2](\.(0|[1-9]\d*))+$/;
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * The system of identifiers that an authority gives, always the same for the same authority: `urn:oid:…` or
 * `urn:uuid:…` when it has a universal id of that type, the URI when it has one, otherwise
 * `urn:corridor:authority:NAME`. Undefined for an empty authority.
 * Source: v2-to-FHIR HD[uri]; the names without a universal id are Corridor's own, see docs/conformance/v2-to-fhir.md.
 */
export function identifierSystem(authority: Authority): string | undefined {
  const name = authority.namespace ?? authority.universalId;
  return universalSystem(authority) ?? (name === undefined ? undefined : authoritySystem(name));
}

/** The same where the authority has a universal id of a known type. */
export function universalSystem({ universalId, universalIdType }: Authority): string | undefined {
  if (universalId === undefined) return undefined;
  if (oid.test(universalId)) return `urn:oid:${universalId}`;
  if (uuid.test(universalId)) return `urn:uuid:${universalId.toLowerCase()}`;
  const isUri = universalIdType?.toUpperCase() === "URI" && /^[a-z][a-z0-9+.-]*:\S+$/i.test(universalId);
  return isUri ? universalId : undefined;
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
