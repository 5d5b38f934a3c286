import type { Attribute, Schema } from "./attribute.ts";

const text = (name: string, description: string): Attribute => ({ name, type: "string", description });

/** The parts of a value of which a person may have several. Source: RFC 7643 §2.4. */
function values(name: string, description: string): Attribute {
  return {
    name,
    type: "complex",
    multiValued: true,
    description,
    subAttributes: [
      text("value", "The value."),
      text("type", "What it is for, such as work or mobile."),
      text("display", "For people to read."),
      { name: "primary", type: "boolean", description: "Whether it is the one to use." },
    ],
  };
}

const addresses: Attribute = {
  name: "addresses",
  type: "complex",
  multiValued: true,
  description: "Where to find them.",
  subAttributes: [
    text("formatted", "The whole address."),
    text("streetAddress", "House and street."),
    text("locality", "Town."),
    text("region", "County."),
    text("postalCode", "Postcode."),
    text("country", "Country, two letters."),
    text("type", "What it is for."),
    { name: "primary", type: "boolean", description: "Whether it is the one to use." },
  ],
};

const groups: Attribute = {
  name: "groups",
  type: "complex",
  multiValued: true,
  description: "The groups they are in; changed by the groups.",
  mutability: "readOnly",
  subAttributes: [
    { name: "value", type: "string", description: "Id of the group.", mutability: "readOnly" },
    { name: "$ref", type: "reference", description: "Its address.", mutability: "readOnly" },
    { name: "display", type: "string", description: "Its name.", mutability: "readOnly" },
    { name: "type", type: "string", description: "Always direct.", mutability: "readOnly" },
  ],
};

const name: Attribute = {
  name: "name",
  type: "complex",
  description: "The parts of the name.",
  subAttributes: [
    text("formatted", "The whole name."),
    text("familyName", "Family name."),
    text("givenName", "Given name."),
    text("middleName", "Middle names."),
    text("honorificPrefix", "Title, such as Dr."),
    text("honorificSuffix", "What follows the name."),
  ],
};

/** An account. What Corridor has no use for (passwords, pictures, certificates) is left out. Source: RFC 7643 §4.1. */
export const userSchema: Schema = {
  id: "urn:ietf:params:scim:schemas:core:2.0:User",
  name: "User",
  description: "An account of a person",
  attributes: [
    {
      name: "userName",
      type: "string",
      description: "What they sign in with.",
      required: true,
      uniqueness: "server",
    },
    name,
    text("displayName", "The name as colleagues read it."),
    text("nickName", "What they are called."),
    { name: "profileUrl", type: "reference", description: "A page about them." },
    text("title", "Job title."),
    text("userType", "Such as employee or contractor."),
    text("preferredLanguage", "Language."),
    text("locale", "How dates and numbers are written."),
    text("timezone", "Time zone."),
    { name: "active", type: "boolean", description: "Whether the account opens anything." },
    values("emails", "Addresses of mail."),
    values("phoneNumbers", "Telephone numbers."),
    addresses,
    groups,
    values("roles", "Roles that the directory gives by themselves; taken through the same map as groups."),
  ],
};

/** Source: RFC 7643 §4.3. */
export const enterpriseSchema: Schema = {
  id: "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User",
  name: "EnterpriseUser",
  description: "What an employer knows of a person",
  attributes: [
    text("employeeNumber", "Number of the employee."),
    text("costCenter", "Cost centre."),
    text("organization", "Organisation."),
    text("division", "Division."),
    text("department", "Department."),
    {
      name: "manager",
      type: "complex",
      description: "Whom they answer to.",
      subAttributes: [
        text("value", "Id of the manager."),
        { name: "$ref", type: "reference", description: "Address of the manager." },
        text("displayName", "Name of the manager."),
      ],
    },
  ],
};

/** Corridor's own: by what it is known whose patients a person cares for. Values are references of the record. */
export const caringExtension: Schema = {
  id: "urn:corridor:params:scim:schemas:extension:caring:2.0:User",
  name: "Caring",
  description: "Where a person works, and who they are in the record",
  attributes: [
    text("practitioner", "Who they are: Practitioner/id."),
    values("wards", "Where they work: Location/id."),
    values("teams", "Their teams: CareTeam/id or Organization/id."),
  ],
};
