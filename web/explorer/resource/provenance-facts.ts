import { parseReference } from "#standards/fhir";
import type { Resource } from "../fhir/bundle.ts";
import { isRecord } from "../fhir/outcome.ts";
import { valueText } from "../values/value-text.ts";

/** What a Provenance says of the versions it is about. */
export interface Origin {
  readonly id: string;
  readonly recorded: string | undefined;
  /** Who, in words. */
  readonly agents: readonly string[];
  /** What they did: `CREATE`. */
  readonly activity: string | undefined;
  /** What it was made from, such as the message it came in. */
  readonly sources: readonly Readonly<Record<string, unknown>>[];
  /** Versions of the resource; empty where it names the resource as such. */
  readonly versions: readonly string[];
}

/** Source: FHIR R4 Provenance. */
export function originFrom(provenance: Resource, reference: string): Origin {
  const { id, recorded, agent, activity, entity, target } = provenance;
  const whats = listOf(entity).map(({ what }) => what);
  return {
    id: id ?? "",
    recorded: typeof recorded === "string" ? recorded : undefined,
    agents: listOf(agent).map(({ who, onBehalfOf }) =>
      [who, onBehalfOf]
        .filter(isRecord)
        .map((each) => valueText("Reference", each))
        .join(" for "),
    ),
    activity: isRecord(activity) ? valueText("CodeableConcept", activity) : undefined,
    sources: whats.filter(isRecord),
    versions: listOf(target).flatMap((each) => {
      const named = parseReference(String(each.reference));
      return named !== undefined && `${named.type}/${named.id}` === reference && named.version !== undefined
        ? [named.version]
        : [];
    }),
  };
}

/** The Provenance of one version: the one that names it, otherwise one that names no version. */
export function originOf(origins: readonly Origin[], version: string | undefined): Origin | undefined {
  return (
    origins.find(({ versions }) => version !== undefined && versions.includes(version)) ??
    origins.find(({ versions }) => versions.length === 0)
  );
}

function listOf(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}
