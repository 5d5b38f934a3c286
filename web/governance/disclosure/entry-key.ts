import type { DisclosureEntry } from "#departments/information/api";

/** `Observation/1`. */
export function keyOf({ kind, id }: DisclosureEntry): string {
  return `${kind}/${id}`;
}
