import { isPrimitiveType, isResourceType, jsonKey, shapeOf } from "#standards/fhir";

/** What may be asked of an object. Source: FHIR R4 GraphQL §1 (the schema follows the definitions of R4). */
export interface ObjectType {
  /** As fragments name it: `Patient`, `HumanName`, `PatientContact`. */
  readonly name: string;
  /** As R4 has it: `Patient.contact`. */
  readonly shape: string;
  readonly isResource: boolean;
  /** Its own name and those of the types it is derived from. */
  readonly names: ReadonlySet<string>;
  readonly fields: ReadonlyMap<string, FieldType>;
}

export interface FieldType {
  readonly isMany: boolean;
  /** The type of the objects; undefined for a scalar; `Resource` where the object itself says which. */
  readonly objects: string | undefined;
  /** As R4 names it; empty where R4 has none. */
  readonly type: string;
}

const types = new Map<string, ObjectType>();

/** The type of a shape of R4, or one of those that only GraphQL has. Built on first use. */
export function objectTypeOf(shapeName: string): ObjectType {
  let type = types.get(shapeName);
  if (type === undefined) {
    type = pageTypes[shapeName] ?? typeOf(shapeName);
    types.set(shapeName, type);
  }
  return type;
}

/** The type of a resource, by what it says it is. */
export function resourceTypeName(resource: { readonly resourceType?: unknown }): string {
  const { resourceType } = resource;
  return typeof resourceType === "string" && isResourceType(resourceType) ? resourceType : "Resource";
}

function typeOf(shapeName: string): ObjectType {
  const shape = shapeOf(shapeName);
  if (shape === undefined) throw new Error(`The R4 definitions have no shape ${shapeName}.`);
  const isResource = shape.kind === "resource";
  const fields = new Map<string, FieldType>();
  if (isResource) fields.set("resourceType", { isMany: false, objects: undefined, type: "code" });
  for (const element of shape.elements) {
    for (const { name } of element.types) {
      const key = jsonKey(element, name);
      const isMany = element.max > 1;
      fields.set(key, { isMany, objects: isPrimitiveType(name) ? undefined : name, type: name });
      if (isPrimitiveType(name)) fields.set(`_${key}`, { isMany, objects: "Element", type: "Element" });
    }
  }
  return { name: graphqlName(shapeName), shape: shapeName, isResource, names: namesOf(shapeName), fields };
}

/** `PatientContact` for `Patient.contact`. */
function graphqlName(shapeName: string): string {
  return shapeName.replaceAll(/\.(.)/g, (_all, first: string) => first.toUpperCase());
}

function namesOf(shapeName: string): ReadonlySet<string> {
  const names = new Set<string>();
  for (let name: string | undefined = shapeName; name !== undefined; name = shapeOf(name)?.base) {
    names.add(graphqlName(name));
  }
  return names;
}

/** Where a query starts that is not about one resource. */
export const queryType: ObjectType = {
  name: "Query",
  shape: "Query",
  isResource: false,
  names: new Set(["Query"]),
  fields: new Map(),
};

const scalar: FieldType = { isMany: false, objects: undefined, type: "" };

/** Source: FHIR R4 GraphQL §1.5 (Connection Based Search). */
const pageTypes: Readonly<Record<string, ObjectType>> = {
  Connection: {
    name: "Connection",
    shape: "Connection",
    isResource: false,
    names: new Set(["Connection"]),
    fields: new Map([
      ["count", scalar],
      ["offset", scalar],
      ["pagesize", scalar],
      ["edges", { isMany: true, objects: "Edge", type: "" }],
      ["first", scalar],
      ["previous", scalar],
      ["next", scalar],
      ["last", scalar],
    ]),
  },
  Edge: {
    name: "Edge",
    shape: "Edge",
    isResource: false,
    names: new Set(["Edge"]),
    fields: new Map([
      ["mode", scalar],
      ["score", scalar],
      ["resource", { isMany: false, objects: "Resource", type: "Resource" }],
    ]),
  },
};
