import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { runCommand } from "../../command.ts";
import { type RunningProgram, startProgram } from "../../program.ts";
import { type Evidence, evidenceOf } from "./evidence.ts";
import { aReader, type Reader } from "./reader.ts";
import { aSender, type Sender } from "./sender.ts";

export interface Trial {
  readonly rounds: number;
  readonly senders: readonly Sender[];
  readonly readers: readonly Reader[];
  readonly evidence: Evidence;
}

export interface TrialPlan {
  /** How often it is killed. */
  readonly rounds: number;
  readonly senders: readonly Sender[];
  /** A round ends after up to so many acknowledgements; absent: after up to `killedAfterMsMax`. */
  readonly acknowledgedMax?: number;
  /** Before the first round, on an empty data folder. */
  prepare?(dataFolder: string): Promise<void>;
  roundBegins?(round: number): void;
  /** After the last kill, with the program running once more, which is then stopped. */
  settle?(): Promise<void>;
}

export const connections = 4;
const readersOfTrial = 2;
export const numbersOfEach = 1_000_000;
/** From the first connection; long enough to be anywhere in a message, a commit or the start-up of a connection. */
const killedAfterMsMax = 700;
/** About as long as a message takes. */
const messageMs = 25;

/** Kills a sending Corridor `rounds` times at random moments, starts it again each time, then looks at what it kept. */
export function tryLoss(rounds: number): Promise<Trial> {
  const senders = Array.from({ length: connections }, (_, index) => aSender({ first: index * numbersOfEach }));
  return playTrial({ rounds, senders });
}

export async function playTrial(plan: TrialPlan): Promise<Trial> {
  const { rounds, senders } = plan;
  let token: Promise<string> | undefined;
  const readers = Array.from({ length: readersOfTrial }, (_, number) => aReader(number));
  const dataFolder = await mkdtemp(join(tmpdir(), "corridor-loss-"));
  try {
    await plan.prepare?.(dataFolder);
    for (let round = 0; round < rounds; round += 1) {
      plan.roundBegins?.(round);
      await playRound({ ...plan, dataFolder, readers, token: () => (token ??= tokenIn(dataFolder)) });
    }
    plan.roundBegins?.(rounds);
    if (plan.settle !== undefined) await settleIn(dataFolder, plan.settle);
    return { rounds, senders, readers, evidence: await evidenceOf(dataFolder) };
  } finally {
    await rm(dataFolder, { recursive: true, force: true });
  }
}

export interface Started {
  readonly program: RunningProgram;
  /** That its link listens on. */
  readonly port: number;
  /** `http://127.0.0.1:40123`. */
  readonly address: string;
}

export async function startIn(dataFolder: string): Promise<Started> {
  const program = startProgram(["serve", "--json"], { CORRIDOR_DATA: dataFolder });
  const { mllp, http } = JSON.parse(await program.firstLine()) as { readonly mllp: string; readonly http: string };
  return { program, port: Number(/\d+$/.exec(mllp)?.[0]), address: http };
}

/** For the readers. */
async function tokenIn(dataFolder: string): Promise<string> {
  const words = ["token", "--scope", "system/*.cruds", "--ttl", "7d"];
  return (await runCommand(words, { CORRIDOR_DATA: dataFolder })).out.trim();
}

interface Round extends TrialPlan {
  readonly dataFolder: string;
  readonly readers: readonly Reader[];
  /** Issued when the program first runs. */
  token(): Promise<string>;
}

async function playRound({ dataFolder, senders, readers, token, acknowledgedMax }: Round): Promise<void> {
  const { program, port, address } = await startIn(dataFolder);
  const door = { address, token: await token() };
  const sending = Promise.all(senders.map((sender) => sender.sendUntilBroken(port)));
  const reading = Promise.all(readers.map((reader) => reader.readUntilBroken(door)));
  if (acknowledgedMax === undefined) await sleep(Math.random() * killedAfterMsMax);
  else await acknowledged(senders, Math.random() * acknowledgedMax);
  await program.stop("SIGKILL");
  await Promise.all([sending, reading]);
}

/** Waits for so many more acknowledgements, at most half a minute, and then for anywhere in a message. */
async function acknowledged(senders: readonly Sender[], more: number): Promise<void> {
  const count = () => senders.reduce((sum, sender) => sum + sender.acknowledged.length, 0);
  const wanted = count() + more;
  for (const endMs = performance.now() + 30_000; count() < wanted && performance.now() < endMs; ) await sleep(1);
  await sleep(Math.random() * messageMs);
}

async function settleIn(dataFolder: string, settle: () => Promise<void>): Promise<void> {
  const { program } = await startIn(dataFolder);
  try {
    await settle();
  } finally {
    await program.stop("SIGTERM");
  }
}
