import type { Ids } from "#kernel";
import { uidOfUuid } from "#standards/dicom";

/** A UID of its own, from an id of its own. */
export function madeUid(ids: Ids): string {
  return uidOfUuid(`0${ids.next().replaceAll(/[^0-9a-f]/gi, "")}`);
}
