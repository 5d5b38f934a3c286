/** A destination that outlives every kill: it takes what comes, and notes what came in which round. */
import { anMllpPartner, type Partner } from "../../journeys/partners.ts";

export interface LanePartner {
  readonly port: number;
  readonly receptions: readonly Reception[];
  roundBegins(round: number): void;
  close(): Promise<void>;
}

export interface Reception {
  readonly round: number;
  readonly controlId: string;
}

export async function aLanePartner(): Promise<LanePartner> {
  const partner: Partner = await anMllpPartner();
  const beginnings: number[] = [];
  const roundOf = (at: number) => beginnings.findLastIndex((first) => first <= at);
  return {
    port: partner.port,
    get receptions() {
      return partner.received.map((controlId, at) => ({ controlId, round: roundOf(at) }));
    },
    roundBegins: () => void beginnings.push(partner.received.length),
    close: () => partner.close(),
  };
}

/** Whose turn a message is of: its lane, and where it stands among those that its sender put into the lane. */
export interface LanePlace {
  readonly lane: string;
  readonly sender: number;
  readonly number: number;
}

/**
 * What is wrong with the order in which messages reached a destination. One that came twice came again after a kill, as
 * the one that its lane was waiting for; anything else that came twice had its effect twice.
 */
export function laneFaults(
  receptions: readonly Reception[],
  placeOf: (controlId: string) => LanePlace,
): readonly string[] {
  const faults: string[] = [];
  const lastOfLane = new Map<string, Reception>();
  const lastOfSender = new Map<string, number>();
  const seen = new Set<string>();
  for (const reception of receptions) {
    const { controlId, round } = reception;
    const { lane, sender, number } = placeOf(controlId);
    const before = lastOfLane.get(lane);
    lastOfLane.set(lane, reception);
    if (seen.has(controlId)) {
      const isAgain = before?.controlId === controlId && before.round < round;
      if (!isAgain) faults.push(`${controlId} came twice in lane ${lane}, and not because of a kill`);
      continue;
    }
    seen.add(controlId);
    const own = `${lane} ${sender}`;
    if (number < (lastOfSender.get(own) ?? -1)) faults.push(`${controlId} came out of order in lane ${lane}`);
    lastOfSender.set(own, number);
  }
  return faults;
}
