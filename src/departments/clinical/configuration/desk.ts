import type { Actor } from "#access";
import { type Clock, failed, okUnless, type Result, toIso } from "#kernel";
import type { HealthRecord } from "#record";
import type { ConfigurationFile } from "../api/configuration.ts";
import type { CheckedConfiguration } from "./check-configuration.ts";
import { readConfigurationWhole } from "./configuration.ts";
import { type Deployed, deploy, readDeployed, versionMissing } from "./deployment.ts";

/** What only the running program can say of a configuration: its files, its ports, what it can do. */
export interface ConfigurationDesk {
  check(files: readonly ConfigurationFile[]): Promise<CheckedConfiguration>;
  /** What runs until something is deployed. */
  readonly standing: readonly ConfigurationFile[];
}

/** Who deploys, why, and into which record. */
export interface Deploying {
  readonly record: HealthRecord;
  readonly actor: Pick<Actor, "reference" | "display">;
  readonly clock: Clock;
  readonly why: string;
}

/** Deploys what is right, golden messages included. Problems: those of the check and of `deploy`. */
export async function deployChecked(
  { files, basedOn }: { readonly files: readonly ConfigurationFile[]; readonly basedOn?: number | undefined },
  desk: Pick<ConfigurationDesk, "check">,
  deploying: Deploying,
): Promise<Result<Deployed>> {
  const checked = okUnless((await desk.check(files)).problems, undefined);
  return checked.ok ? deploy(deploying.record, { files, ...signed(deploying) }, basedOn) : checked;
}

/**
 * Deploys the files of an earlier version again. Golden messages are not asked: whoever goes back is in a hurry, and they
 * were right when it was deployed. Problems: `version-missing`, files that this Corridor cannot read any more.
 */
export async function rollBack(version: number, deploying: Deploying): Promise<Result<Deployed>> {
  const earlier = await readDeployed(deploying.record, version);
  if (!earlier.ok || earlier.value === undefined) {
    const isMissing = earlier.ok || earlier.problems[0].category === "not-found";
    return isMissing ? versionMissing(version) : failed(...earlier.problems);
  }
  const { files } = earlier.value;
  const readable = readConfigurationWhole(files);
  return readable.ok ? deploy(deploying.record, { files, ...signed(deploying), rolledBackTo: version }) : readable;
}

function signed({ actor: { reference, display }, clock, why }: Deploying) {
  return { why, by: { reference, display }, deployedAt: toIso(clock.now()) };
}
