import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { anOruMessage, type OruVariation } from "../../../bench/load/oru-message.ts";
import { runCommand } from "../../command.ts";
import { within } from "../../journeys/links-hall.ts";
import { aLanePartner, type LanePartner, type LanePlace, laneFaults } from "./lane-partner.ts";
import { aSender } from "./sender.ts";
import { connections, numbersOfEach, playTrial, startIn, type Trial } from "./trial.ts";

export interface LinkTrial extends Trial {
  readonly destinations: readonly DestinationEvidence[];
}

export interface DestinationEvidence {
  readonly name: string;
  /** Control ids of what reached it, each once. */
  readonly received: ReadonlySet<string>;
  /** How many came once more after a kill. */
  readonly again: number;
  /** What was out of order or came twice without need. */
  readonly faults: readonly string[];
}

const patientsOfEach = 5;

/** A hundred a round come to 100,000 messages in 1,000 rounds. */
const usualAcknowledgedMax = 200;

/** Every sender reports on a few patients in turns, so that lanes are long; every other one is content with a CA. */
function variationOf(number: number): OruVariation {
  const sender = senderOf(number);
  const patient = sender * patientsOfEach + (number % patientsOfEach);
  return sender % 2 === 0 ? { patient } : { patient, asks: "AL|NE" };
}

function senderOf(number: number): number {
  return Math.floor(number / numbersOfEach);
}

function numberOf(controlId: string): number {
  return Number(controlId.slice(1));
}

/** A lane for each patient, and one lane for all. */
const destinationsWanted = [
  { name: "surgery", lane: "patient", laneOf: (number: number) => `patient ${variationOf(number).patient}` },
  { name: "registry", lane: "destination", laneOf: () => "all" },
] as const;

type Wanted = (typeof destinationsWanted)[number];
interface Destination extends Pick<Wanted, "name" | "lane" | "laneOf"> {
  readonly partner: LanePartner;
}

/** The loss trial with messages that go on to two destinations, in lanes. */
export async function tryLinkLoss(rounds: number, acknowledgedMax = usualAcknowledgedMax): Promise<LinkTrial> {
  const senders = Array.from({ length: connections }, (_, at) => aSender({ first: at * numbersOfEach, variationOf }));
  const destinations = await Promise.all(
    destinationsWanted.map(async (wanted): Promise<Destination> => ({ ...wanted, partner: await aLanePartner() })),
  );
  const acknowledged = () => senders.flatMap((sender) => sender.acknowledged);
  try {
    const trial = await playTrial({
      rounds,
      senders,
      acknowledgedMax,
      prepare: (dataFolder) => deploy(dataFolder, destinations),
      roundBegins: (round) => {
        for (const { partner } of destinations) partner.roundBegins(round);
      },
      settle: () => allDelivered(destinations, acknowledged),
    });
    return { ...trial, destinations: destinations.map(evidenceOf) };
  } finally {
    await Promise.all(destinations.map(({ partner }) => partner.close()));
  }
}

function evidenceOf({ name, partner, laneOf }: Destination): DestinationEvidence {
  const placeOf = (controlId: string): LanePlace => {
    const number = numberOf(controlId);
    return { lane: laneOf(number), sender: senderOf(number), number };
  };
  const { receptions } = partner;
  const received = new Set(receptions.map(({ controlId }) => controlId));
  return { name, received, again: receptions.length - received.size, faults: laneFaults(receptions, placeOf) };
}

/** Everything that was acknowledged is there, and both have the same: what was kept and not acknowledged arrives as well. */
async function allDelivered(destinations: readonly Destination[], acknowledged: () => readonly number[]) {
  const expected = acknowledged().map((number) => anOruMessage(number).controlId);
  let before = "";
  await within(() => {
    const sets = destinations.map(({ partner }) => new Set(partner.receptions.map(({ controlId }) => controlId)));
    const now = sets.map(({ size }) => size).join(" ");
    const isQuiet = now === before;
    before = now;
    return isQuiet && new Set(sets.map(({ size }) => size)).size === 1 && expected.every((id) => sets[0]?.has(id));
  }, "everything is delivered");
}

/** Tries again at once: a kill is no reason to wait ten minutes. */
const retry = { steps: [{ afterSeconds: 1, times: 1_000 }] };

async function deploy(dataFolder: string, destinations: readonly Destination[]): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "corridor-loss-links-"));
  const write = (path: string, content: object) => writeFile(join(folder, path), JSON.stringify(content));
  try {
    await Promise.all([mkdir(join(folder, "links")), mkdir(join(folder, "destinations"))]);
    const to = destinations.map(({ name }) => name);
    const link = { title: "Laboratory", intake: { by: "mllp", port: 0 }, routes: [{ name: "all", to }] };
    await write("links/lab.json", link);
    for (const { name, lane, partner } of destinations) {
      const outlet = { by: "mllp", host: "127.0.0.1", port: partner.port, connections: 8 };
      await write(`destinations/${name}.json`, { title: name, outlet, lane, lanesMax: 8, retry });
    }
    const { program } = await startIn(dataFolder);
    const words = ["links", "deploy", folder, "--why", "the loss trial"];
    const { code, err } = await runCommand(words, { CORRIDOR_DATA: dataFolder });
    await program.stop("SIGTERM");
    if (code !== 0) throw new Error(err);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
