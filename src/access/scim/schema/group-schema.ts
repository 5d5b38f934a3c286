import type { Schema } from "./attribute.ts";

/** Source: RFC 7643 §4.2. */
export const groupSchema: Schema = {
  id: "urn:ietf:params:scim:schemas:core:2.0:Group",
  name: "Group",
  description: "A group of the directory; its name says which roles its members hold",
  attributes: [
    { name: "displayName", type: "string", description: "Its name.", required: true },
    {
      name: "members",
      type: "complex",
      multiValued: true,
      description: "Who is in it.",
      subAttributes: [
        { name: "value", type: "string", description: "Id of the user.", caseExact: true, mutability: "immutable" },
        { name: "$ref", type: "reference", description: "Address of the user.", mutability: "immutable" },
        { name: "display", type: "string", description: "Name of the user.", mutability: "readOnly" },
        { name: "type", type: "string", description: "Always User.", mutability: "immutable" },
      ],
    },
  ],
};
