import { basename } from "node:path";
import {
  messagesOfFiles,
  type NamedBody,
  type Pace,
  type RunTraffic,
  type SimulatedMessage,
} from "#departments/clinical";
import { failed, incorrect, limits, ok, okUnless, type Result } from "#kernel";
import { dayOfTraffic } from "../../simulator/day/day.ts";
import { readFiles } from "../../simulator/read-files.ts";
import { hashOfFiles } from "../../simulator/run-plan.ts";
import type { Invocation } from "../command.ts";

type Options = Invocation["options"];

export interface AskedTraffic {
  readonly traffic: RunTraffic;
  readonly messages: readonly SimulatedMessage[];
}

/** What is to be played. Problems: `traffic-missing`, `number-incorrect`, `date-incorrect`, those of the files. */
export async function trafficAsked(options: Options): Promise<Result<AskedTraffic>> {
  if (typeof options.files === "string") return fileTraffic(options.files);
  if (typeof options.day !== "string")
    return failed(incorrect("traffic-missing", "Say what to play: --day 2026-11-20, or --files FOLDER."));
  const seed = numberAsked(options.seed, { name: "--seed", from: 0, to: 999, usual: 1 });
  if (!seed.ok) return seed;
  const bounds = { name: "--patients", from: 1, to: limits.simulatorPatientsMax, usual: 300 };
  const patients = numberAsked(options.patients, bounds);
  if (!patients.ok) return patients;
  const date = options.day;
  if (!/^\d{4}-\d\d-\d\d$/.test(date) || Number.isNaN(Date.parse(date)))
    return failed(incorrect("date-incorrect", `--day cannot be ${date}: give a date such as 2026-11-20.`));
  const day = { date, seed: seed.value, patients: patients.value };
  return ok({ traffic: { by: "day", ...day }, messages: dayOfTraffic(day) });
}

async function fileTraffic(path: string): Promise<Result<AskedTraffic>> {
  const files = await readFiles(path);
  if (!files.ok) return files;
  const { messages, problems } = messagesOfFiles(files.value);
  const traffic: RunTraffic = {
    by: "files",
    name: basename(path),
    files: files.value.length,
    hash: hashOfFiles(files.value),
  };
  return okUnless(problems, { traffic, messages });
}

export interface AskedOutputs {
  readonly messages: readonly NamedBody[];
  readonly hash: string;
}

/** What is expected to come out. Problems: those of the files. */
export async function outputsAsked(path: string): Promise<Result<AskedOutputs>> {
  const files = await readFiles(path);
  if (!files.ok) return files;
  const { messages, problems } = messagesOfFiles(files.value);
  return okUnless(problems, { messages, hash: hashOfFiles(files.value) });
}

/** Problems: `number-incorrect`, `pace-incorrect` where both are given. */
export function paceAsked({ speed, rate }: Options): Result<Pace> {
  if (speed !== undefined && rate !== undefined)
    return failed(incorrect("pace-incorrect", "Give --speed or --rate, not both."));
  if (speed !== undefined) {
    const times = numberAsked(speed, { name: "--speed", from: 1, to: 1_000, usual: 1 });
    return times.ok ? ok({ by: "speed", times: times.value }) : times;
  }
  if (rate === undefined) return ok({ by: "acknowledged" });
  const perSecond = numberAsked(rate, { name: "--rate", from: 1, to: 10_000, usual: 1 });
  return perSecond.ok ? ok({ by: "rate", perSecond: perSecond.value }) : perSecond;
}

export interface Bounds {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly usual: number;
}

/** Problem: `number-incorrect`. */
export function numberAsked(given: Options[string], { name, from, to, usual }: Bounds): Result<number> {
  if (given === undefined) return ok(usual);
  const number = /^\d{1,9}$/.test(String(given)) ? Number(given) : Number.NaN;
  if (number >= from && number <= to) return ok(number);
  return failed(
    incorrect("number-incorrect", `${name} cannot be ${given}: give a whole number from ${from} to ${to}.`),
  );
}
