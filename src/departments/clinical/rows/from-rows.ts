import type { MessageGroups } from "../messages/groups.ts";
import type { Plan } from "../messages/plan.ts";
import { list } from "../messages/present.ts";
import { allergy } from "../patients/allergy.ts";
import { visit } from "../patients/encounter.ts";
import { eventTime } from "../patients/from-adt.ts";
import type { Situation } from "../results/situation.ts";

/**
 * Messages that rows map. Left out, and so refused, are events that rows would map to less than what they ask for: a person
 * deleted (A29), accounts moved to another patient (A41), identifiers exchanged (A47).
 */
export const rowTypes: readonly string[] = [
  ...["A09", "A10", "A14", "A15", "A16", "A25", "A26", "A27", "A60"].map((event) => `ADT^${event}`),
  ...["BAR^P01", "BAR^P02", "BAR^P12", "DFT^P03", "DFT^P11", "VXU^V04", "MDM^T01", "MDM^T05", "MDM^T09"],
  ...["PPR^PC1", "PPR^PC2", "PPR^PC3", "RDE^O11", "RDE^O25", "RDS^O13", "REF^I12", "REF^I14"],
];

/** The visit and the allergies, which the record knows by numbers of its own making; rows make the rest. */
export function fromRows({ pv1, pv2, allergies, evn }: MessageGroups, message: Omit<Situation, "encounter">): Plan {
  const { subject } = message;
  const asOf = eventTime({ evn }) ?? message.sentAt;
  const stay = visit({ pv1, pv2, subject });
  return list(stay, ...allergies.map((al1) => allergy(al1, { subject, asOf }))) ?? [];
}
