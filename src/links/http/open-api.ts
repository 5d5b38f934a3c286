import type { Json, JsonObject, Route } from "#kernel";

export interface About {
  readonly title: string;
  readonly version: string;
}

type Described = Pick<Route<never>, "method" | "path" | "summary" | "policy" | "problems">;

/** The OpenAPI 3.1 document of a table of routes, in the order of the table. Source: OpenAPI 3.1.1 §4.8. */
export function openApi(routes: readonly Described[], { title, version }: About): JsonObject {
  const paths: Record<string, Record<string, Json>> = {};
  for (const route of routes) {
    const path = route.path.replace(/:([A-Za-z0-9_]+)/g, "{$1}");
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operationOf(route) };
  }
  return { openapi: "3.1.1", info: { title, version }, paths, components };
}

const components: JsonObject = {
  securitySchemes: {
    session: { type: "apiKey", in: "cookie", name: "session", description: "The cookie that signing in sets." },
    token: { type: "http", scheme: "bearer", description: "A token printed by `corridor token`." },
  },
  schemas: {
    Problem: {
      type: "object",
      description: "Source: RFC 9457.",
      properties: {
        type: { type: "string" },
        title: { type: "string" },
        status: { type: "integer" },
        detail: { type: "string", description: "One plain sentence." },
        code: { type: "string", description: "Stable, for programs." },
        where: { type: "string", description: "Where in the request, in the field's terms." },
        requestId: { type: "string" },
      },
    },
  },
};

function operationOf({ summary, path, policy, problems }: Described): JsonObject {
  const parameters = [...path.matchAll(/:([A-Za-z0-9_]+)/g)].map(([, name = ""]) => ({
    name,
    in: "path",
    required: true,
    schema: { type: "string" },
  }));
  return {
    summary,
    ...securityOf(policy),
    ...(parameters.length > 0 ? { parameters } : {}),
    responses: { default: problemResponse(problems), "2XX": { description: "Done." } },
  };
}

function securityOf(policy: string): JsonObject {
  if (policy === "public") return { security: [], description: "Open to everyone." };
  const security = [{ session: [] }, { token: [] }];
  if (policy === "account") return { security, description: "For whoever has signed in, on their own account." };
  if (policy === "signed-in") return { security, description: "For anyone who has signed in." };
  return { security, description: `Needs the permission ${policy}.`, "x-permission": policy };
}

function problemResponse(problems: Described["problems"]): JsonObject {
  const description = "What went wrong.";
  if (problems === "operation-outcome") {
    return { description, content: { "application/fhir+json": { schema: { type: "object" } } } };
  }
  if (problems === "scim-error") {
    return { description, content: { "application/scim+json": { schema: { type: "object" } } } };
  }
  const schema = { $ref: "#/components/schemas/Problem" };
  return { description, content: { "application/problem+json": { schema } } };
}
