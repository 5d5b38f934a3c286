import type { z } from "zod";
import type { Context } from "#access";
import { busy, conflict, failed, instant, type JsonObject, limits, ok, okUnless, type Result, toIso } from "#kernel";
import type { Blob } from "#record";
import type { ShadowRunView, shadowBody } from "../../api/replays.ts";
import { anyKey, newestFirst } from "../../clauses.ts";
import { readDeployed, versionMissing } from "../../configuration/deployment.ts";
import type { ConfigurationDesk } from "../../configuration/desk.ts";
import { present } from "../../messages/present.ts";
import { runningVersion } from "../ask-replay.ts";
import { shadowRunView } from "../replay-views.ts";
import { jsonBlob } from "../stored-list.ts";
import { type ShadowRun, shadowRunKind } from "./shadow-run.ts";

type Asked = z.infer<typeof shadowBody>;

const dayMs = 24 * 60 * 60_000;

/**
 * Has a configuration tried on what arrived in the last days. Problems: those of the check of the files (golden messages may
 * fail: that is what is tried), `version-missing`; busy `shadow-runs-waiting`; those of the record.
 */
export async function askShadow(
  { record, actor, clock, ids }: Context,
  { configuration, days, link, type, against }: Asked,
  desk: Pick<ConfigurationDesk, "check">,
): Promise<Result<ShadowRunView>> {
  const waiting = await record.count(newestFirst({ kind: shadowRunKind, all: [anyKey("state=running")], limit: 1 }));
  if (!waiting.ok) return waiting;
  if (waiting.value >= limits.replaysOpenMax) return failed(tooMany);
  const candidate = await candidateOf(record, configuration, desk);
  if (!candidate.ok) return candidate;
  const version = await runningVersion(record);
  if (!version.ok) return version;
  const now = clock.now();
  const { reference, display } = actor;
  const run: ShadowRun = {
    state: "running",
    configuration: candidate.value.named,
    against,
    deployedVersion: version.value,
    choice: present<ShadowRun["choice"]>({ link, type, from: toIso(instant(now - days * dayMs)) }),
    askedBy: { reference, display },
    askedAt: toIso(now),
    done: 0,
  };
  const id = ids.next();
  const body = run as unknown as JsonObject;
  const operations = [{ action: "create", kind: shadowRunKind, id, body }] as const;
  const written = await record.transact({ operations, blobs: candidate.value.blobs });
  return written.ok ? ok(shadowRunView({ id, version: 1, run })) : written;
}

const tooMany = busy("shadow-runs-waiting", "Too many shadow runs are open: wait for them, or stop some.");

interface Candidate {
  readonly named: ShadowRun["configuration"];
  readonly blobs: readonly Blob[];
}

async function candidateOf(
  record: Context["record"],
  configuration: Asked["configuration"],
  desk: Pick<ConfigurationDesk, "check">,
): Promise<Result<Candidate>> {
  if ("version" in configuration) {
    const { version } = configuration;
    const deployed = await readDeployed(record, version);
    if (deployed.ok) return ok({ named: { version }, blobs: [] });
    return deployed.problems[0].category === "not-found" ? versionMissing(version) : deployed;
  }
  const { files } = configuration;
  const checked = await desk.check(files);
  const failing = new Set(
    checked.golden.filter(({ isAsExpected }) => !isAsExpected).map(({ expectedPath }) => expectedPath),
  );
  const unsound = okUnless(
    checked.problems.filter(({ where }) => where === undefined || !failing.has(where)),
    undefined,
  );
  if (!unsound.ok) return unsound;
  const blob = jsonBlob(files);
  return ok({ named: { files: blob.hash }, blobs: [blob] });
}

export const shadowEnded = conflict("shadow-run-ended", "The shadow run has ended already.");
