import { parseBody, type Version } from "#record";
import type { HumanName, Resource } from "#standards/fhir";
import type { NameOf } from "./coded-text.ts";
import { plainName } from "./person-name.ts";

/** Resources that were fetched together, by `Type/id`; presenters look up what they need and ask for nothing. */
export class ResourceMap {
  readonly #byReference = new Map<string, Resource>();
  readonly #versions = new Map<string, Version>();

  constructor(versions: readonly Version[] = []) {
    this.add(versions);
  }

  add(versions: readonly Version[]): void {
    for (const version of versions) {
      const reference = `${version.kind}/${version.id}`;
      this.#byReference.set(reference, parseBody<Resource>(version));
      this.#versions.set(reference, version);
    }
  }

  has(reference: string): boolean {
    return this.#byReference.has(reference);
  }

  get size(): number {
    return this.#byReference.size;
  }

  /** Every resource of a type, in the order in which they came. */
  all<T extends { readonly resourceType: string }>(type: T["resourceType"]): readonly T[] {
    return [...this.#byReference.values()].filter((each) => each.resourceType === type) as unknown as readonly T[];
  }

  /** The resource, when it was fetched and is of that type. */
  get<T extends { readonly resourceType: string }>(
    type: T["resourceType"],
    reference: string | undefined,
  ): T | undefined {
    const found = reference === undefined ? undefined : this.#find(reference);
    return found?.resourceType === type ? (found as unknown as T) : undefined;
  }

  version(reference: string): Version | undefined {
    return this.#versions.get(relative(reference));
  }

  readonly nameOf: NameOf = (reference) => {
    const found = this.#find(reference);
    return found === undefined ? undefined : nameOfResource(found);
  };

  /** Most references are written as the map has them. */
  #find(reference: string): Resource | undefined {
    return this.#byReference.get(reference) ?? this.#byReference.get(relative(reference));
  }
}

/** `Observation/7c`, also from an address with a version (`Observation/7c/_history/2`). */
export function relative(reference: string): string {
  return /([A-Z][A-Za-z]+\/[A-Za-z0-9\-.]{1,64})(?:\/_history\/.*)?$/.exec(reference)?.[1] ?? reference;
}

function nameOfResource(resource: Resource): string | undefined {
  if (typeof resource.name === "string") return resource.name;
  const names = resource.name as unknown as readonly HumanName[] | undefined;
  return Array.isArray(names) && names[0] !== undefined ? plainName(names[0]) : undefined;
}
