import type { Ids } from "#kernel";

/** A UID of its own, from an id of its own. Source: PS3.5 §B.2. */
export function madeUid(ids: Ids): string {
  const digits = ids.next().replaceAll(/[^0-9a-f]/gi, "");
  return `2.25.${BigInt(`0x0${digits}`)}`;
}
