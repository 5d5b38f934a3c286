/** An assigning authority as HD has it. */
export interface WrittenAuthority {
  readonly namespace?: string;
  readonly universalId?: string;
  readonly universalIdType?: string;
}

/** How FHIR systems are named in the messages that are written. */
export interface WrittenNames {
  /** The name of a coding system in a message, `LN`; undefined: the URI itself. */
  codingSystemName(uri: string): string | undefined;
  /** Who gives the identifiers of a system; undefined: the system as a universal id. */
  authority(system: string): WrittenAuthority | undefined;
}

/** The parts of HD for the system of an identifier: an OID or UUID as such, any other URI with the type URI. */
export function authorityParts(system: string, { authority }: WrittenNames): readonly (string | undefined)[] {
  const known = authority(system);
  if (known !== undefined) return [known.namespace, known.universalId, known.universalIdType];
  const [, scheme, id] = /^urn:(oid|uuid):(.+)$/.exec(system) ?? [];
  if (id !== undefined) return [undefined, id, scheme === "oid" ? "ISO" : "UUID"];
  return [undefined, system, "URI"];
}
