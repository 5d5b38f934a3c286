import { conflict, incorrect, type Problem } from "#kernel";

/** What is wrong with a request, in SCIM's word. Source: RFC 7644 §3.12 Table 9. */
export type ScimType =
  | "invalidFilter"
  | "invalidPath"
  | "invalidSyntax"
  | "invalidValue"
  | "mutability"
  | "noTarget"
  | "tooMany"
  | "uniqueness";

/** The HTTP door writes what stands behind it as `scimType`. */
const prefix = "scim:";

export function scimProblem(type: ScimType, message: string, where?: string): Problem {
  const made = type === "uniqueness" ? conflict : incorrect;
  return made(`${prefix}${type}`, message, where === undefined ? {} : { where });
}
