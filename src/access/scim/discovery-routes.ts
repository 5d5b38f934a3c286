import {
  failed,
  type HttpReply,
  type HttpRequest,
  type JsonObject,
  limits,
  notFound,
  ok,
  type Result,
  type Route,
} from "#kernel";
import type { Context } from "../context.ts";
import type { Attribute, ResourceType, Schema } from "./schema/attribute.ts";
import { resourceTypes, schemas } from "./schema/resource-types.ts";
import { listReply, scimPath, scimReply } from "./scim-reply.ts";

/** What the SCIM door can do, told to whoever asks. Source: RFC 7644 §4. */
export function discoveryRoutes(): readonly Route<Context>[] {
  return [
    discovery("/ServiceProviderConfig", "What the SCIM door can do", async (request) =>
      scimReply(providerConfig(request)),
    ),
    discovery("/ResourceTypes", "The kinds of resources of the SCIM door", async (request) =>
      listReply({
        total: resourceTypes.length,
        startIndex: 1,
        resources: resourceTypes.map(resourceTypeView(request)),
      }),
    ),
    discovery("/ResourceTypes/:id", "One kind of resource of the SCIM door", async (request) =>
      one(resourceTypes.find(({ name }) => name === request.params.id)?.name, () => {
        const type = resourceTypes.find(({ name }) => name === request.params.id) as ResourceType;
        return resourceTypeView(request)(type);
      }),
    ),
    discovery("/Schemas", "The schemas of the SCIM door", async (request) =>
      listReply({ total: schemas.length, startIndex: 1, resources: schemas.map(schemaView(request)) }),
    ),
    discovery("/Schemas/:id", "One schema of the SCIM door", async (request) =>
      one(schemas.find(({ id }) => id === request.params.id)?.id, () => {
        const schema = schemas.find(({ id }) => id === request.params.id) as Schema;
        return schemaView(request)(schema);
      }),
    ),
  ];
}

type Answer = (request: HttpRequest) => Promise<HttpReply | Result<HttpReply>>;

function discovery(path: string, summary: string, answer: Answer): Route<Context> {
  return {
    method: "GET",
    path: `${scimPath}${path}`,
    policy: "public",
    summary,
    problems: "scim-error",
    handle: async (request) => {
      const answered = await answer(request);
      return "ok" in answered ? answered : ok(answered);
    },
  };
}

function one(found: string | undefined, view: () => JsonObject): Result<HttpReply> {
  return found === undefined ? failed(notFound("not-found", "There is no such thing here.")) : ok(scimReply(view()));
}

function providerConfig({ origin }: HttpRequest): JsonObject {
  const no = { supported: false };
  return {
    schemas: ["urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"],
    patch: { supported: true },
    bulk: { supported: false, maxOperations: 0, maxPayloadSize: 0 },
    filter: { supported: true, maxResults: limits.scimPageMax },
    changePassword: no,
    sort: no,
    etag: { supported: true },
    authenticationSchemes: [
      {
        type: "oauthbearertoken",
        name: "Bearer token",
        description: "A key of a service account with the scope corridor/scim.write.",
        primary: true,
      },
    ],
    meta: { resourceType: "ServiceProviderConfig", location: `${origin}${scimPath}/ServiceProviderConfig` },
  };
}

function resourceTypeView({ origin }: HttpRequest) {
  return ({ name, endpoint, description, schema, extensions }: ResourceType): JsonObject => ({
    schemas: ["urn:ietf:params:scim:schemas:core:2.0:ResourceType"],
    id: name,
    name,
    endpoint,
    description,
    schema: schema.id,
    schemaExtensions: extensions.map(({ id }) => ({ schema: id, required: false })),
    meta: { resourceType: "ResourceType", location: `${origin}${scimPath}/ResourceTypes/${name}` },
  });
}

function schemaView({ origin }: HttpRequest) {
  return ({ id, name, description, attributes }: Schema): JsonObject => ({
    schemas: ["urn:ietf:params:scim:schemas:core:2.0:Schema"],
    id,
    name,
    description,
    attributes: attributes.map(attributeView),
    meta: { resourceType: "Schema", location: `${origin}${scimPath}/Schemas/${id}` },
  });
}

function attributeView(attribute: Attribute): JsonObject {
  const { name, type, description, subAttributes } = attribute;
  return {
    name,
    type,
    multiValued: attribute.multiValued === true,
    description,
    required: attribute.required === true,
    ...(type === "complex" ? {} : { caseExact: attribute.caseExact === true }),
    mutability: attribute.mutability ?? "readWrite",
    returned: "default",
    ...(type === "complex" ? {} : { uniqueness: attribute.uniqueness ?? "none" }),
    ...(type === "reference" ? { referenceTypes: ["external", "User", "Group"] } : {}),
    ...(subAttributes === undefined ? {} : { subAttributes: subAttributes.map(attributeView) }),
  };
}
