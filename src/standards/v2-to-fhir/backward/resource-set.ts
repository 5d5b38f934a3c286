import type { Json } from "#kernel";

export type JsonMap = { readonly [key: string]: Json };
export type FhirResource = JsonMap & { readonly resourceType: string };

/** The resources that a message is made of, found by the references between them. */
export interface ResourceSet {
  readonly all: readonly FhirResource[];
  /** What a reference names, as the wanted type; undefined when it names nothing of that kind. */
  resolve(reference: Json | undefined, type: string): FhirResource | undefined;
}

export function resourceSet(all: readonly FhirResource[]): ResourceSet {
  const byReference = new Map(all.map((resource) => [`${resource.resourceType}/${String(resource.id)}`, resource]));
  const find = (text: string) => byReference.get(text.replace(/\/_history\/.*$/, "")) ?? byReference.get(lastTwo(text));
  return {
    all,
    resolve(json, type) {
      const reference = objectIn(json);
      if (reference === undefined) return undefined;
      const known = typeof reference.reference === "string" ? find(reference.reference) : undefined;
      const found = known ?? (isNamed(reference) ? named(reference, type) : undefined);
      return found === undefined ? undefined : asType(found, { type, reference, find });
    },
  };
}

function lastTwo(text: string): string {
  return text
    .replace(/\/_history\/.*$/, "")
    .split("/")
    .slice(-2)
    .join("/");
}

export function objectIn(json: Json | undefined): JsonMap | undefined {
  return typeof json === "object" && json !== null && !Array.isArray(json) ? (json as JsonMap) : undefined;
}

export function listIn(json: Json | undefined): readonly Json[] {
  return json === undefined || json === null ? [] : Array.isArray(json) ? (json as readonly Json[]) : [json];
}

function isNamed({ display, identifier }: JsonMap): boolean {
  return typeof display === "string" || identifier !== undefined;
}

/** A reference that only says who it is: as much of a resource as it says. */
function named({ display, identifier, type: said, reference }: JsonMap, wanted: string): FhirResource | undefined {
  const type = typeof said === "string" ? said : typeof reference === "string" ? reference.split("/").at(-2) : wanted;
  const identity = identifier === undefined ? {} : { identifier: [identifier] };
  const resourceType = type === undefined || type === "" ? wanted : type;
  if (typeof display !== "string") return { resourceType, ...identity };
  const isPerson = resourceType === "Practitioner" || resourceType === "Patient" || resourceType === "RelatedPerson";
  if (resourceType === "PractitionerRole")
    return { resourceType: "Practitioner", name: [personName(display)], ...identity };
  return { resourceType, name: isPerson ? [personName(display)] : display, ...identity };
}

/** v2 has no place for a name as one text: it goes where the family name does. */
function personName(display: string): Json {
  return { family: display };
}

interface Wanted {
  readonly type: string;
  readonly reference: JsonMap;
  find(reference: string): FhirResource | undefined;
}

/** A practitioner where a role is wanted is the role's, and the other way round. */
function asType(found: FhirResource, { type, reference, find }: Wanted): FhirResource | undefined {
  const { resourceType } = found;
  if (resourceType === type) return found;
  if (type === "PractitionerRole" && resourceType === "Practitioner")
    return { resourceType: type, practitioner: reference };
  if (type === "PractitionerRole" && resourceType === "Organization")
    return { resourceType: type, organization: reference };
  const inner = { Practitioner: found.practitioner, Organization: found.organization }[type];
  const within = resourceType === "PractitionerRole" ? objectIn(inner)?.reference : undefined;
  const target = typeof within === "string" ? find(within) : undefined;
  return target?.resourceType === type ? target : undefined;
}
