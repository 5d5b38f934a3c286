import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { startProgram } from "../../program.ts";
import { type Evidence, evidenceOf } from "./evidence.ts";
import { aSender, type Sender } from "./sender.ts";

export interface Trial {
  readonly rounds: number;
  readonly senders: readonly Sender[];
  readonly evidence: Evidence;
}

const connections = 4;
const numbersOfEach = 100_000;
/** From the first connection; long enough to be anywhere in a message, a commit or the start-up of a connection. */
const killedAfterMsMax = 700;

/** Kills a sending Corridor `rounds` times at random moments, starts it again each time, then looks at what it kept. */
export async function tryLoss(rounds: number): Promise<Trial> {
  const dataFolder = await mkdtemp(join(tmpdir(), "corridor-loss-"));
  const senders = Array.from({ length: connections }, (_, index) => aSender(index * numbersOfEach));
  try {
    for (let round = 0; round < rounds; round += 1) await playRound(dataFolder, senders);
    return { rounds, senders, evidence: await evidenceOf(dataFolder) };
  } finally {
    await rm(dataFolder, { recursive: true, force: true });
  }
}

async function playRound(dataFolder: string, senders: readonly Sender[]): Promise<void> {
  const program = startProgram(["serve", "--json"], { CORRIDOR_DATA: dataFolder });
  const { mllp } = JSON.parse(await program.firstLine()) as { readonly mllp: string };
  const port = Number(/\d+$/.exec(mllp)?.[0]);
  const sending = Promise.all(senders.map((sender) => sender.sendUntilBroken(port)));
  await sleep(Math.random() * killedAfterMsMax);
  await program.stop("SIGKILL");
  await sending;
}
