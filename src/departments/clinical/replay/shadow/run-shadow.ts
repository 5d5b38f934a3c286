import { failed, limits, ok, type Problem, type Result, toIso } from "#kernel";
import type { HealthRecord } from "#record";
import type { ConfigurationFile } from "../../api/configuration.ts";
import { readConfigurationWhole } from "../../configuration/configuration.ts";
import { readDeployed, versionMissing } from "../../configuration/deployment.ts";
import { chooseMessages } from "../choose-messages.ts";
import { DifferenceTally } from "../difference-tally.ts";
import type { ReplayNeeds } from "../replay-needs.ts";
import type { Rules } from "../rules.ts";
import { jsonBlob, readJsonBlob } from "../stored-list.ts";
import { readStored } from "../stored-message.ts";
import { foreseeShadow } from "./foresee-shadow.ts";
import { type KnownShadowRun, readShadowRun, writeShadowRun } from "./shadow-document.ts";

/**
 * Tries a configuration on the messages of a shadow run, and keeps what would be different. What is interrupted begins again.
 * Problems: those of the record, conflict where somebody has stopped it.
 */
export async function runShadow(
  needs: ReplayNeeds,
  known: KnownShadowRun,
  stop: AbortSignal,
): Promise<Result<KnownShadowRun>> {
  const view = needs.contextFor(known.run.askedBy);
  const { record, hospitalTime } = view.context;
  const begun = await begin(needs, known, view);
  if (!begun.ok) {
    const [problem] = begun.problems;
    return problem.category === "unavailable" || problem.category === "busy" ? begun : fail(needs, known, problem);
  }
  const { ids, candidate, running } = begun.value;
  let { now } = begun.value;
  const tally = new DifferenceTally();
  const { offsetMinutesAt } = hospitalTime;
  let toldAtMs = needs.clock.now() as number;
  for (const [at, id] of ids.entries()) {
    if (stop.aborted) return ok(now);
    const stored = await readStored(record, id);
    if (!stored.ok && stored.problems[0].category !== "not-found") return stored;
    const shadowing = { record, candidate, running, offsetMinutesAt, log: needs.log };
    const differences = stored.ok ? await foreseeShadow(stored.value, shadowing) : ok([]);
    if (!differences.ok) return differences;
    tally.add(id, differences.value);
    if (needs.clock.now() - toldAtMs < limits.replayProgressMs) continue;
    toldAtMs = needs.clock.now();
    const told = await writeShadowRun(record, now, { run: { ...now.run, done: at + 1 } });
    if (!told.ok) return told;
    now = told.value;
  }
  const witnessed = await view.witness();
  if (!witnessed.ok) return witnessed;
  const blob = jsonBlob(tally.report());
  const endedAt = toIso(needs.clock.now());
  const run = { ...now.run, state: "done", done: ids.length, report: blob.hash, endedAt } as const;
  return writeShadowRun(record, now, { run, blobs: [blob] });
}

interface Begun {
  readonly now: KnownShadowRun;
  readonly ids: readonly string[];
  readonly candidate: Rules;
  readonly running: Rules | undefined;
}

async function begin(
  needs: ReplayNeeds,
  known: KnownShadowRun,
  { context }: ReturnType<ReplayNeeds["contextFor"]>,
): Promise<Result<Begun>> {
  const { record, hospitalTime } = context;
  const { look } = needs;
  const { choice, askedAt, against, deployedVersion } = known.run;
  const candidate = await candidateOf(record, known);
  if (!candidate.ok) return candidate;
  const running = against === "deployed" ? await deployedFiles(record, deployedVersion) : ok(undefined);
  if (!running.ok) return running;
  const ids = await chooseMessages(context, { look, choice, until: askedAt, hospitalTime });
  if (!ids.ok) return ids;
  const now = await writeShadowRun(record, known, { run: { ...known.run, total: ids.value.length, done: 0 } });
  if (!now.ok) return now;
  const rules = rulesOf(needs, candidate.value);
  const before = against === "deployed" ? rulesOf(needs, running.value) : ok(undefined);
  if (!rules.ok) return rules;
  return before.ok ? ok({ now: now.value, ids: ids.value, candidate: rules.value, running: before.value }) : before;
}

/** Undefined files: nothing was ever deployed. */
function rulesOf(needs: ReplayNeeds, files: readonly ConfigurationFile[] | undefined): Result<Rules> {
  if (files === undefined) return ok(needs.rulesOf(undefined));
  const configuration = readConfigurationWhole(files);
  return configuration.ok ? ok(needs.rulesOf(configuration.value)) : configuration;
}

async function candidateOf(record: HealthRecord, { id, run }: KnownShadowRun) {
  if ("version" in run.configuration) return deployedFiles(record, run.configuration.version);
  const read = await readShadowRun(record, id);
  return read.ok ? readJsonBlob<readonly ConfigurationFile[]>(record, run.configuration.files) : read;
}

async function deployedFiles(
  record: HealthRecord,
  version: number,
): Promise<Result<readonly ConfigurationFile[] | undefined>> {
  if (version === 0) return ok(undefined);
  const deployed = await readDeployed(record, version);
  if (deployed.ok) return deployed.value === undefined ? versionMissing(version) : ok(deployed.value.files);
  return deployed.problems[0].category === "not-found" ? versionMissing(version) : failed(...deployed.problems);
}

/** Where it fails for a reason that comes again, the run says so. */
function fail(needs: ReplayNeeds, known: KnownShadowRun, { code, message }: Problem): Promise<Result<KnownShadowRun>> {
  const { context } = needs.contextFor(known.run.askedBy);
  const endedAt = toIso(needs.clock.now());
  const run = { ...known.run, state: "failed", problem: { code, message }, endedAt } as const;
  return writeShadowRun(context.record, known, { run });
}
