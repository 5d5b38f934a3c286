/** What a SCIM attribute is. Source: RFC 7643 §2.2, §7. */
export interface Attribute {
  readonly name: string;
  readonly type: "string" | "boolean" | "dateTime" | "reference" | "complex";
  readonly description: string;
  readonly multiValued?: true;
  readonly required?: true;
  /** Whether capitals count in a comparison. */
  readonly caseExact?: true;
  /** Left out: `readWrite`. */
  readonly mutability?: "readOnly" | "immutable";
  /** Left out: `none`. */
  readonly uniqueness?: "server";
  readonly subAttributes?: readonly Attribute[];
}

/** A schema with its URN. */
export interface Schema {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly attributes: readonly Attribute[];
}

/** A kind of resource: its own schema, and those that extend it under their URNs. */
export interface ResourceType {
  readonly name: "User" | "Group";
  readonly endpoint: "/Users" | "/Groups";
  readonly description: string;
  readonly schema: Schema;
  readonly extensions: readonly Schema[];
}

/** Names are compared without capitals. Source: RFC 7643 §2.1. */
export function findAttribute(among: readonly Attribute[] | undefined, name: string): Attribute | undefined {
  const wanted = name.toLowerCase();
  return among?.find((each) => each.name.toLowerCase() === wanted);
}

/** Those that every resource has. Source: RFC 7643 §3.1. */
const commonAttributes: readonly Attribute[] = [
  { name: "id", type: "string", description: "Corridor's own id.", caseExact: true, mutability: "readOnly" },
  {
    name: "meta",
    type: "complex",
    description: "When it was made and changed.",
    mutability: "readOnly",
    subAttributes: [
      { name: "resourceType", type: "string", description: "User or Group.", mutability: "readOnly" },
      { name: "created", type: "dateTime", description: "When it was made.", mutability: "readOnly" },
      { name: "lastModified", type: "dateTime", description: "When it was last changed.", mutability: "readOnly" },
      { name: "location", type: "reference", description: "Its address.", mutability: "readOnly" },
      { name: "version", type: "string", description: "Its ETag.", caseExact: true, mutability: "readOnly" },
    ],
  },
  { name: "externalId", type: "string", description: "The id that the directory has for it.", caseExact: true },
];

/** Own and common attributes of the resource itself, without those of its extensions. */
export function coreAttributes({ schema }: ResourceType): readonly Attribute[] {
  return [...commonAttributes, ...schema.attributes];
}
