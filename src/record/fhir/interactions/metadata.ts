import { failed, incorrect, ok, type Result, toIso } from "#kernel";
import {
  capabilityStatement,
  rememberByType,
  resourceTypes,
  type SystemInteraction,
  searchParametersOf,
  type TypeCapability,
  type TypeInteraction,
} from "#standards/fhir";
import type { Asked } from "../asked.ts";
import { statedFormats } from "../media-type.ts";
import { operations, operationsOf } from "../operations/catalogue.ts";
import type { StatedOperation } from "../operations/operation.ts";
import { capabilityOf } from "../operations/operation-definition.ts";
import { patchFormats } from "../patch.ts";
import { searchableParameters } from "../search/searchable.ts";
import { referenceParameters } from "../search-results/references.ts";
import { checkParameters, givenOnce } from "./requested.ts";
import { type Interaction, interactions, type Stated } from "./table.ts";

/** The program, as it names itself. */
export interface Software {
  readonly name: string;
  readonly version: string;
}

/** What is stated of subscriptions. */
export interface StatedSubscriptions {
  /** Canonical addresses of the topics that are offered. */
  readonly topics: readonly string[];
  /** Where WebSockets are opened, of a server with this FHIR address. */
  readonly socketAddress: (base: string) => string;
}

/** What is stated besides the interactions of the door itself. */
export interface StatedElsewhere {
  readonly elsewhere: readonly StatedOperation[];
  readonly subscriptions: StatedSubscriptions | undefined;
  /** The statement of the terminology service, where there is one. */
  readonly terminologyStatement: Interaction | undefined;
}

/** Source: Subscriptions R5 Backport 1.1 (discovery of topics); FHIR R4 extension capabilitystatement-websocket. */
const topicExtension =
  "http://hl7.org/fhir/uv/subscriptions-backport/StructureDefinition/capabilitystatement-subscriptiontopic-canonical";
const socketExtension = "http://hl7.org/fhir/StructureDefinition/capabilitystatement-websocket";

/**
 * What this server does and nothing else, from the tables it runs by: routes, search parameters, operations.
 * Source: FHIR R4 §3.1.0.13 (capabilities).
 */
export function metadata(software: Software, beside: StatedElsewhere): Interaction {
  const { elsewhere, subscriptions, terminologyStatement } = beside;
  return async (asked, context) => {
    if (asked.query.get("mode") === "terminology" && terminologyStatement) return terminologyStatement(asked, context);
    const { clock } = context;
    const known = checkParameters(asked, ["mode"]);
    if (!known.ok) return known;
    const types = typesOf(asked);
    if (!types.ok) return types;
    const resources = resourceTypes.map(capabilityOfType);
    const told = (operation: StatedOperation) => capabilityOf(operation, asked.base);
    const statement = capabilityStatement({
      software,
      url: asked.base,
      date: toIso(clock.now()),
      description: "Corridor: the health record of one hospital.",
      formats: statedFormats,
      patchFormats,
      security: securityOf(asked.base),
      interactions: systemInteractions,
      operations: [...operations, ...elsewhere].filter(({ levels }) => levels.includes("system")).map(told),
      resources: resources.filter(types.value).map((resource) => {
        const others = elsewhere.filter(({ types }) => types?.includes(resource.type) === true);
        const stated = { ...resource, operations: [...operationsOf(resource.type), ...others].map(told) };
        if (resource.type !== "Subscription" || subscriptions === undefined) return stated;
        return {
          ...stated,
          extension: subscriptions.topics.map((url) => ({ url: topicExtension, valueCanonical: url })),
        };
      }),
      ...(subscriptions === undefined
        ? {}
        : { extensions: [{ url: socketExtension, valueUri: subscriptions.socketAddress(asked.base) }] }),
    });
    return ok({ status: 200, body: JSON.stringify(statement) });
  };
}

/** Source: SMART App Launch 2.2 §4.0.3 (security section of the CapabilityStatement). */
function securityOf(base: string) {
  const oauth = `${base.replace(/\/fhir$/, "")}/auth`;
  const doors = ["authorize", "token", "introspect", "revoke"].map((url) => ({ url, valueUri: `${oauth}/${url}` }));
  return {
    cors: true,
    extension: [{ url: "http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris", extension: doors }],
    service: [
      {
        coding: [{ system: "http://terminology.hl7.org/CodeSystem/restful-security-service", code: "SMART-on-FHIR" }],
        text: "OAuth 2 with the profiles of SMART on FHIR",
      },
    ],
    description: "A bearer token, or the cookie of a session. What a caller may not see is not found.",
  };
}

/** The types that R4 keeps as they are for ever. Source: FHIR R4 §2.1.25 (normative content). */
const normativeTypes: ReadonlySet<string> = new Set([
  "Binary",
  "Bundle",
  "CapabilityStatement",
  "CodeSystem",
  "Observation",
  "OperationDefinition",
  "OperationOutcome",
  "Parameters",
  "Patient",
  "StructureDefinition",
  "ValueSet",
]);

/** By `mode`: everything, or what is normative. Problems: `wrong-search-value`; `unsupported-search` for a server's terminology. */
function typesOf(asked: Asked): Result<(resource: TypeCapability) => boolean> {
  const mode = givenOnce(asked, "mode");
  if (!mode.ok) return mode;
  switch (mode.value) {
    case undefined:
    case "full":
      return ok(() => true);
    case "normative":
      return ok(({ type }) => normativeTypes.has(type));
    default: {
      const message = "Corridor tells of itself in the modes full, normative and terminology.";
      return failed(incorrect("wrong-search-value", message, { where: "mode" }));
    }
  }
}

const stated: ReadonlySet<Stated> = new Set(interactions.flatMap(({ states }) => states ?? []));

/** A Bundle that is posted is a route of the door itself. */
const systemInteractions: readonly SystemInteraction[] = (
  ["transaction", "batch", "search-system", "history-system"] as const
).filter((code) => code === "transaction" || code === "batch" || stated.has(code));

const typeInteractions = (
  [
    ...["read", "vread", "update", "patch", "delete", "history-instance", "history-type", "create", "search-type"],
  ] as readonly TypeInteraction[]
).filter((code) => stated.has(code));

/** By type, the reference parameters of others that may point at it. */
const pointersAt = rememberByType((): ReadonlyMap<string, readonly string[]> => {
  const found = new Map<string, string[]>(resourceTypes.map((type) => [type, []]));
  for (const type of resourceTypes) {
    for (const { type: parameterType, code, targets } of searchParametersOf(type)) {
      if (parameterType !== "reference") continue;
      for (const target of targets) found.get(target)?.push(`${type}:${code}`);
    }
  }
  return found;
});

const capabilityOfType = rememberByType((type): TypeCapability => {
  const searchParameters = [...searchableParameters(type).values()];
  const shared = {
    type,
    searchParameters,
    includes: ["*", ...referenceParameters(type).map((code) => `${type}:${code}`)],
    reverseIncludes: ["*", ...(pointersAt("all").get(type) ?? [])],
    versioning: "versioned",
    readHistory: stated.has("vread"),
    conditionalRead: "full-support",
  } as const;
  if (type === "AuditEvent") {
    const unchanging = { updateCreate: false, conditionalCreate: false, conditionalUpdate: false } as const;
    const interactions = typeInteractions.filter((code) => !["update", "patch", "delete"].includes(code));
    return { ...shared, ...unchanging, conditionalDelete: "not-supported", interactions };
  }
  return {
    ...shared,
    updateCreate: stated.has("update"),
    conditionalCreate: stated.has("create"),
    conditionalUpdate: stated.has("conditional-update"),
    conditionalDelete: stated.has("conditional-delete") ? "multiple" : "not-supported",
    interactions: typeInteractions,
  };
});
