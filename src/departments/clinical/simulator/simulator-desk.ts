import type { Context } from "#access";
import type { Result } from "#kernel";
import type { RunProgress, SimulatorView, StartRun } from "../api.ts";
import type { KeptRun } from "./kept-runs.ts";

/** Plays runs, as the program does it. */
export interface SimulatorDesk {
  targets(): Pick<SimulatorView, "own" | "allowed">;
  /**
   * Begins a run and keeps it under the context's actor; it goes on when this settles. Problems: forbidden
   * `target-not-allowed`; busy `simulator-busy`; those of the order and of the record.
   */
  start(order: StartRun, context: Context): Promise<Result<KeptRun>>;
  /** Of the runs that are under way, by their id. One that is not among them any more is kept with its end. */
  underWay(): ReadonlyMap<string, RunProgress>;
  /** Ends it; false where it is not under way. */
  stop(id: string): boolean;
}
