import type { ResourceType } from "./attribute.ts";
import { groupSchema } from "./group-schema.ts";
import { caringExtension, enterpriseSchema, userSchema } from "./user-schema.ts";

export const userType: ResourceType = {
  name: "User",
  endpoint: "/Users",
  description: "Accounts of people",
  schema: userSchema,
  extensions: [enterpriseSchema, caringExtension],
};

export const groupType: ResourceType = {
  name: "Group",
  endpoint: "/Groups",
  description: "Groups of the directory",
  schema: groupSchema,
  extensions: [],
};

export const resourceTypes: readonly ResourceType[] = [userType, groupType];

export const schemas = resourceTypes.flatMap(({ schema, extensions }) => [schema, ...extensions]);
