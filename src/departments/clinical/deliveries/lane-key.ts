import type { DestinationSettings } from "../configuration/link-settings.ts";
import type { LinkMessage } from "../messages/link-message.ts";

/** The numbers of a message that lanes are made of. */
export type LaneNumbers = Pick<LinkMessage, "link" | "patient" | "orders"> & {
  /** SPM-2 or OBR-3 where the sender numbers specimens; absent where no specimen is named. */
  readonly specimen?: string | undefined;
};

/**
 * What a delivery is kept in order with: all of one destination that have the same key go one after another. A message
 * that does not name what the lane is by shares one lane with the others of its link that do not.
 */
export function laneKey(lane: DestinationSettings["lane"], numbers: LaneNumbers): string {
  switch (lane) {
    case "destination":
      return "all";
    case "patient":
      return patientKey(numbers) ?? `unnamed ${numbers.link}`;
    case "order":
      return orderKey(numbers) ?? patientKey(numbers) ?? `unnamed ${numbers.link}`;
    case "specimen":
      return specimenKey(numbers) ?? orderKey(numbers) ?? `unnamed ${numbers.link}`;
  }
}

function patientKey({ patient }: LaneNumbers): string | undefined {
  if (patient.nhsNumber !== undefined) return nhsLane(patient.nhsNumber);
  const [number] = patient.hospitalNumbers;
  return number === undefined ? undefined : numberLane(number);
}

export function nhsLane(number: string): string {
  return `nhs ${number}`;
}

/** Of a patient whom a hospital's number names. */
export function numberLane(number: string): string {
  return `patient ${number}`;
}

/** Whether what shares this lane does so because it is about one patient. */
export function isPatientLane(lane: string): boolean {
  return /^(?:nhs|patient) /.test(lane);
}

function orderKey({ orders }: LaneNumbers): string | undefined {
  const [order] = orders;
  const number = order?.placer ?? order?.filler;
  return number === undefined ? undefined : `order ${number}`;
}

function specimenKey({ specimen }: LaneNumbers): string | undefined {
  return specimen === undefined ? undefined : `specimen ${specimen}`;
}
