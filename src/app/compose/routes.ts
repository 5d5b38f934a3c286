import type { Access, Context } from "#access";
import { processMessageOperation } from "#departments/clinical";
import { jsonReply, ok, type Route } from "#kernel";
import { openApi } from "#links/http";
import { type AddedParameters, bulkOperations, fhirRoutes, socketAddress, topics } from "#record";
import type { PostgresStore } from "#storage/postgres";
import {
  statedOperation,
  type TerminologyCheck,
  type Terms,
  terminologyOperations,
  terminologyStatement,
} from "#terminology";
import type { Metrics } from "../meter.ts";
import { version } from "../version.ts";
import { healthRoutes } from "./health.ts";
import type { SubscriptionParts } from "./subscriptions.ts";

export interface RouteNeeds {
  readonly access: Access;
  readonly store: PostgresStore;
  readonly metrics: Metrics;
  readonly terminology: TerminologyCheck;
  readonly terms: Terms;
  readonly parameters: AddedParameters;
  readonly subscriptions: SubscriptionParts;
  /** Those of the departments. */
  readonly departments: readonly Route<Context>[];
}

/** Every route of the HTTP door. */
export function everyRoute({
  access,
  store,
  metrics,
  terminology,
  terms,
  parameters,
  subscriptions,
  departments,
}: RouteNeeds): readonly Route<Context>[] {
  const software = { name: "Corridor", version };
  const routes: readonly Route<Context>[] = [
    ...healthRoutes({ database: store.database, metrics, version }),
    ...fhirRoutes(software, {
      elsewhere: [
        ...[...bulkOperations, processMessageOperation],
        ...[...terminologyOperations.map(statedOperation), ...subscriptions.operations],
      ],
      inBundles: [...subscriptions.routes, ...departments].filter(isOperation),
      terminology,
      terminologyStatement: terminologyStatement(terms, software),
      parameters,
      subscriptions: { topics: topics.map(({ url }) => url), socketAddress },
    }),
    ...subscriptions.routes,
    ...access.routes,
    ...departments,
  ];
  return [...routes, openApiRoute(routes)];
}

/** Operations of the FHIR door that are answered at once; a message comes by a link, and as what it is. */
function isOperation({ path }: Route<Context>): boolean {
  return /^\/fhir\/.*\$[a-z-]+$/.test(path) && !/\$(export|import|process-message)$/.test(path);
}

function openApiRoute(routes: readonly Route<Context>[]): Route<Context> {
  const document = openApi(routes, { title: "Corridor", version });
  return {
    method: "GET",
    path: "/api/openapi.json",
    policy: "public",
    summary: "Every route of Corridor as an OpenAPI document",
    handle: async () => ok(jsonReply(document)),
  };
}
