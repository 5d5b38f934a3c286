import { incorrect } from "#kernel";
import { type KindDefinition, noEntries } from "#record";
import { type ImageRouteBody, imageRouteBody } from "../../api/image-routing.ts";

export const imageRouteKind = "ImageRoute";

/** A rule of where studies go. Its id is its name. */
export type ImageRoute = ImageRouteBody;

export interface NamedRoute extends ImageRoute {
  readonly id: string;
}

export const imageRouteDefinition: KindDefinition = {
  kind: imageRouteKind,
  check: (body) => {
    const { resourceType: _, ...own } = body;
    const parsed = imageRouteBody.safeParse(own);
    const [issue] = parsed.success ? [] : parsed.error.issues;
    if (issue === undefined) return [];
    return [incorrect("element-invalid", issue.message, { where: `ImageRoute.${issue.path.join(".")}` })];
  },
  index: () => noEntries,
};

/** What of a study a rule looks at. */
export interface RoutedStudy {
  readonly sources: readonly string[];
  readonly modalities: readonly string[];
  readonly bodyParts: readonly string[];
  readonly description: string;
  /** By the hospital's clock: `17:45`. */
  readonly clock: string;
}

/**
 * Why a study does not go by a rule, in plain words; undefined when it does. The first reason counts, in the order in which the
 * rule is written.
 */
export function whyNotRouted(rule: ImageRoute, study: RoutedStudy): string | undefined {
  if (!rule.isOn) return "The rule is switched off.";
  const { sources, modalities, bodyParts, descriptions, hours } = rule;
  if (!someAsked(sources, study.sources)) return `It came from ${listed(study.sources)}, not from ${listed(sources)}.`;
  if (!someAsked(modalities, study.modalities))
    return `Its modalities are ${listed(study.modalities)}, not ${listed(modalities)}.`;
  if (!someAsked(bodyParts, study.bodyParts)) return `It shows ${listed(study.bodyParts)}, not ${listed(bodyParts)}.`;
  const description = study.description.toLowerCase();
  if (descriptions.length > 0 && !descriptions.some((part) => description.includes(part.toLowerCase())))
    return `Its description has none of ${listed(descriptions)}.`;
  if (hours !== undefined && !isWithin(study.clock, hours))
    return `It is ${study.clock}, and the rule holds from ${hours.from} to ${hours.to}.`;
  return undefined;
}

function someAsked(asked: readonly string[], there: readonly string[]): boolean {
  const known = new Set(there.map((each) => each.toUpperCase()));
  return asked.length === 0 || asked.some((each) => known.has(each.toUpperCase()));
}

function listed(values: readonly string[]): string {
  return values.length === 0 ? "nothing that is named" : values.join(", ");
}

/** A span that ends before it begins goes over midnight. */
function isWithin(clock: string, { from, to }: { readonly from: string; readonly to: string }): boolean {
  return from <= to ? clock >= from && clock < to : clock >= from || clock < to;
}
