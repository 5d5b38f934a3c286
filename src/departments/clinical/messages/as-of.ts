import type { Extension, Resource } from "#standards/fhir";

/** When the last event happened that changed a resource: an older event, arriving later, must not undo it. */
const asOfUrl = "urn:corridor:extension:as-of";

export function asOfOf(resource: Resource): string | undefined {
  return extensionsOf(resource).find(({ url }) => url === asOfUrl)?.valueInstant;
}

export function withAsOf(resource: Resource, at: string): Resource {
  const others = extensionsOf(resource).filter(({ url }) => url !== asOfUrl);
  return { ...resource, extension: [...others, { url: asOfUrl, valueInstant: at }] };
}

function extensionsOf({ extension }: Resource): readonly Extension[] {
  return (extension as readonly Extension[] | undefined) ?? [];
}

export function isBefore(one: string | undefined, other: string | undefined): boolean {
  return one !== undefined && other !== undefined && Date.parse(one) < Date.parse(other);
}
