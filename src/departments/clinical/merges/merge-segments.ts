import { personNames } from "../messages/datatypes/xpn.ts";
import type { MessageGroups } from "../messages/groups.ts";
import type { Plan } from "../messages/plan.ts";
import { carryEvent } from "../messages/provenance.ts";
import { carryEventTime } from "../patients/from-adt.ts";
import { ceasedIdentifiers, sentIdentifiers } from "../patients/sent-identifiers.ts";

/**
 * Events that give up numbers of one patient for those of another. A40 is the one that British systems are to send; the
 * others say the same and are older. Source: HL7 UK A.3 §3.4.40; HL7 v2.5.1 §3.3.18, §3.3.30, §3.3.34, §3.3.39.
 */
export const joiningEvents = ["A18", "A30", "A34", "A39", "A40"] as const;

/** Reads what such a message says of every patient in it, for the ledger; there are no resources besides the patients. */
export function carryMerges({ merges, msh, evn }: MessageGroups): Plan {
  carryEvent({ msh, evn });
  carryEventTime({ evn });
  for (const { pid, mrg } of merges) {
    if (pid !== undefined) sentIdentifiers(pid);
    if (mrg === undefined) continue;
    ceasedIdentifiers(mrg);
    personNames(mrg.fields(7));
  }
  return [];
}
