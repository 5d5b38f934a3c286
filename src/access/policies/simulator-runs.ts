import { type Grantee, granted, type Policy } from "./policy.ts";

const testers: readonly Grantee[] = ["test-analyst", "pathology-links-manager"];

/** A run is kept by whoever plays it; differences show values of the messages, which are made up or meant for tests. */
export const simulatorRuns: Policy = {
  name: "simulator-runs",
  title: "Runs of the simulator: what was played, how it was acknowledged, what came out",
  layer: "corridor",
  kinds: ["SimulatorRun"],
  allow: granted({ readers: testers, writers: testers }),
};
