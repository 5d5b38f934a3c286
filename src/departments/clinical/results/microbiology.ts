import type { Observation, Reference } from "#standards/fhir";
import type { PlannedObservation } from "./observation.ts";

/**
 * Cultures say which sensitivities belong to which organism in two ways, and both are read. Either way the organism
 * is an Observation and has each sensitivity, an Observation of its own, as a member: so each may be corrected alone.
 *
 * This one: the same OBX-4 in the organism's OBX and in those of its sensitivities. The first OBX of a sub-id heads the
 * others when it names something rather than measuring it.
 * Source: HL7 UK A.3 §7.5.4.
 */
export function withIsolateMembers(observations: readonly PlannedObservation[]): readonly PlannedObservation[] {
  const bySubId = Map.groupBy(observations, ({ subId }) => subId);
  return observations.map((head) => {
    if (head.subId === "" || !namesSomething(head.resource)) return head;
    const [first, ...members] = bySubId.get(head.subId) ?? [];
    const isHead = first === head && members.length > 0 && members.every(({ test }) => test !== head.test);
    return isHead ? withMembers(head, members) : head;
  });
}

export interface ChildReport {
  /** OBR-26.1: the test of the parent's result. */
  readonly parentTest: string;
  /** OBR-26.2: its OBX-4. */
  readonly parentSubId: string;
  readonly observations: readonly PlannedObservation[];
}

/**
 * The other way: the sensitivities are a report of their own whose OBR-26 names the organism's OBX.
 * A parent that is not in the message keeps no members here.
 * Source: HL7 v2.5.1 §7.4.1.26 and §7.4.1.29.
 */
export function withChildMembers(
  observations: readonly PlannedObservation[],
  children: readonly ChildReport[],
): readonly PlannedObservation[] {
  return observations.map((parent) => {
    const members = children
      .filter(({ parentTest, parentSubId }) => parentTest === parent.test && parentSubId === parent.subId)
      .flatMap((child) => child.observations);
    return members.length === 0 ? parent : withMembers(parent, members);
  });
}

function namesSomething({ valueCodeableConcept, valueString }: Observation): boolean {
  return valueCodeableConcept !== undefined || valueString !== undefined;
}

function withMembers(head: PlannedObservation, members: readonly PlannedObservation[]): PlannedObservation {
  const known = head.resource.hasMember ?? [];
  const added = members.map(({ id }): Reference => ({ reference: `Observation/${id}` }));
  const hasMember = [...known, ...added.filter((each) => !known.some(({ reference }) => reference === each.reference))];
  return { ...head, resource: { ...head.resource, hasMember } };
}
