import type {
  CapabilityStatement,
  CapabilityStatementRest,
  CapabilityStatementRestInteraction,
  CapabilityStatementRestResource,
  CapabilityStatementRestResourceInteraction,
  CapabilityStatementRestResourceOperation,
  CapabilityStatementRestSecurity,
} from "./generated/types.ts";
import type { SearchParameter } from "./search-parameters.ts";

export type TypeInteraction = CapabilityStatementRestResourceInteraction["code"];
export type SystemInteraction = CapabilityStatementRestInteraction["code"];

/** What a server says of itself. Nothing is added to it: what is not here is not stated. */
export interface ServerCapability {
  readonly software: { readonly name: string; readonly version: string };
  /** The address of the FHIR door: `https://example.org/fhir`. */
  readonly url: string;
  /** When the statement was made: a dateTime. */
  readonly date: string;
  readonly description: string;
  /** `application/fhir+json`, `json`. */
  readonly formats: readonly string[];
  readonly patchFormats?: readonly string[];
  readonly security?: CapabilityStatementRestSecurity;
  readonly interactions: readonly SystemInteraction[];
  /** Those that are called on the whole server. */
  readonly operations?: readonly CapabilityStatementRestResourceOperation[];
  readonly resources: readonly TypeCapability[];
  /** Of what is reached over HTTP. */
  readonly extensions?: CapabilityStatementRest["extension"];
}

type Conditions = Pick<
  CapabilityStatementRestResource,
  | "extension"
  | "versioning"
  | "readHistory"
  | "updateCreate"
  | "conditionalCreate"
  | "conditionalRead"
  | "conditionalUpdate"
  | "conditionalDelete"
>;

export interface TypeCapability extends Conditions {
  readonly type: string;
  readonly interactions: readonly TypeInteraction[];
  readonly searchParameters: readonly SearchParameter[];
  /** `Observation:subject`. */
  readonly includes?: readonly string[];
  readonly reverseIncludes?: readonly string[];
  readonly operations?: readonly CapabilityStatementRestResourceOperation[];
}

/** The statement of one running server (`kind` instance). Source: FHIR R4 §5.2 (CapabilityStatement). */
export function capabilityStatement(server: ServerCapability): CapabilityStatement {
  const interaction = server.interactions.map((code) => ({ code }));
  const resource = server.resources.map(resourceCapability);
  return {
    resourceType: "CapabilityStatement",
    status: "active",
    kind: "instance",
    fhirVersion: "4.0.1",
    date: server.date,
    description: server.description,
    software: server.software,
    implementation: { description: server.description, url: server.url },
    format: server.formats,
    ...(isGiven(server.patchFormats) ? { patchFormat: server.patchFormats } : {}),
    rest: [
      {
        ...(isGiven(server.extensions) ? { extension: server.extensions } : {}),
        mode: "server",
        ...(server.security === undefined ? {} : { security: server.security }),
        ...(isGiven(resource) ? { resource } : {}),
        ...(isGiven(interaction) ? { interaction } : {}),
        ...(isGiven(server.operations) ? { operation: server.operations } : {}),
      },
    ],
  };
}

function resourceCapability(capability: TypeCapability): CapabilityStatementRestResource {
  const { type, interactions, searchParameters, includes, reverseIncludes, operations, ...conditions } = capability;
  const interaction = interactions.map((code) => ({ code }));
  const searchParam = searchParameters.map(({ code, type: parameterType, url }) => ({
    name: code,
    definition: url,
    type: parameterType,
  }));
  return {
    type,
    profile: `http://hl7.org/fhir/StructureDefinition/${type}`,
    ...(isGiven(interaction) ? { interaction } : {}),
    ...conditions,
    ...(isGiven(includes) ? { searchInclude: includes } : {}),
    ...(isGiven(reverseIncludes) ? { searchRevInclude: reverseIncludes } : {}),
    ...(isGiven(searchParam) ? { searchParam } : {}),
    ...(isGiven(operations) ? { operation: operations } : {}),
  };
}

/** FHIR has no empty arrays. */
function isGiven(list: readonly unknown[] | undefined): list is readonly [unknown, ...unknown[]] {
  return list !== undefined && list.length > 0;
}
