import { z } from "zod";
import { limits } from "#kernel";
import type { RunDifferences } from "../simulator/compare-runs.ts";
import type { SimulatorRun } from "../simulator/simulator-run.ts";
import { pageQuery } from "./page.ts";

export const runsQuery = pageQuery;

const file = z.strictObject({ name: z.string().min(1).max(300), base64: z.base64() });
const files = z.array(file).min(1).max(limits.simulatorFilesMax);

const wholeNumber = (from: number, to: number) => z.int().min(from).max(to);

const traffic = z.discriminatedUnion("by", [
  /** A day of a made-up hospital: the same three make the same messages. */
  z.strictObject({
    by: z.literal("day"),
    date: z.iso.date(),
    seed: wholeNumber(0, 999),
    patients: wholeNumber(1, limits.simulatorPatientsMax),
  }),
  z.strictObject({ by: z.literal("files"), name: z.string().trim().min(1).max(300), files }),
]);

const pace = z.discriminatedUnion("by", [
  z.strictObject({ by: z.literal("speed"), times: z.number().min(1).max(1_000) }),
  z.strictObject({ by: z.literal("rate"), perSecond: z.number().min(0.1).max(10_000) }),
  z.strictObject({ by: z.literal("acknowledged") }),
]);

/** What should come out, at a port of this machine that the simulator opens; `masks` are places that are not compared. */
const expected = z.strictObject({
  files,
  port: wholeNumber(1, 65_535),
  masks: z.array(z.string().max(20)).max(100),
  quietSeconds: wholeNumber(1, 3_600),
});

export const startRunBody = z.strictObject({
  title: z.string().trim().min(1).max(200),
  /** `mllp://host:port`, `mllps://host:port`, or an http or https address. */
  target: z.string().trim().min(1).max(500),
  /** Wait for the acknowledgements that MSH-15 and MSH-16 ask for. */
  enhanced: z.boolean(),
  traffic,
  pace,
  connections: wholeNumber(1, limits.simulatorConnectionsMax),
  expected: expected.exactOptional(),
});

export type StartRun = z.infer<typeof startRunBody>;

/** What may be played against. */
export interface SimulatorView {
  /** Links of this Corridor that listen. */
  readonly own: readonly { readonly name: string; readonly title: string; readonly address: string }[];
  /** Addresses of the setting CORRIDOR_SIMULATOR_TARGETS. */
  readonly allowed: readonly string[];
  readonly usualMasks: readonly string[];
}

/** `interrupted`: it was under way when Corridor stopped. */
export interface RunRow extends Omit<SimulatorRun, "state" | "answers" | "comparison"> {
  readonly id: string;
  readonly state: SimulatorRun["state"] | "interrupted";
  /** While it is under way. */
  readonly progress?: RunProgress;
  /** Messages that are not as expected; absent where nothing was expected. */
  readonly notAsExpected?: number;
}

export interface RunProgress {
  readonly answered: number;
  readonly messages: number;
  readonly refused: number;
  readonly elapsedMs: number;
}

export interface RunView extends RunRow {
  readonly comparison?: SimulatorRun["comparison"];
}

export interface RunsView {
  /** The last to change first. */
  readonly runs: readonly RunRow[];
  readonly next?: string;
}

export interface RunsComparedView extends RunDifferences {
  readonly first: RunRow;
  readonly second: RunRow;
}
