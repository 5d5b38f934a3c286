import type { BlobHash } from "#record";
import type { Comparison } from "./comparison.ts";
import type { Pace } from "./pace.ts";
import type { RunSummary } from "./summary.ts";

export const simulatorRunKind = "SimulatorRun";

export const simulatorRunStates = ["running", "done", "stopped", "failed"] as const;

/** One run of the simulator: the body of a document of kind `SimulatorRun`. */
export type SimulatorRun = {
  readonly state: (typeof simulatorRunStates)[number];
  readonly title: string;
  readonly by: { readonly reference: string; readonly display: string };
  readonly startedAt: string;
  readonly endedAt?: string;
  readonly settings: RunSettings;
  readonly summary?: RunSummary;
  readonly comparison?: Comparison;
  /** Each acknowledgement with its time, a line of JSON each: see `answer-lines.ts`. */
  readonly answers?: BlobHash;
  /** Why it could not be played, in one sentence. */
  readonly problem?: string;
};

/** Everything that a run follows from: with the same, it can be repeated. */
export type RunSettings = {
  readonly target: RunTarget;
  readonly traffic: RunTraffic;
  readonly pace: Pace;
  readonly connections: number;
  readonly expected?: RunExpected;
};

/** Where it is played against. */
export type RunTarget =
  | {
      readonly by: "mllp";
      readonly host: string;
      readonly port: number;
      readonly isEncrypted: boolean;
      readonly mode: "original" | "enhanced";
    }
  | { readonly by: "http"; readonly url: string };

/** What is played. */
export type RunTraffic =
  | DayTraffic
  | { readonly by: "files"; readonly name: string; readonly files: number; readonly hash: string };

/** A day of a made-up hospital: the same three make the same messages, byte for byte. */
export type DayTraffic = {
  readonly by: "day";
  /** `2026-11-22` */
  readonly date: string;
  readonly seed: number;
  readonly patients: number;
};

/** What should come out, and where it is received. */
export type RunExpected = {
  readonly messages: number;
  readonly hash: string;
  readonly receiver: { readonly by: "mllp"; readonly port: number } | { readonly by: "folder"; readonly path: string };
  /** Places that are not compared: `MSH-7`. */
  readonly masks: readonly string[];
  /** How long nothing may come before it is taken to be all. */
  readonly quietSeconds: number;
};
