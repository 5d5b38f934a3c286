import type { Context } from "#access";
import { failed, limits, ok, type Result, toIso } from "#kernel";
import type { DifferenceReport, ShadowRunsPage, ShadowRunView } from "../../api/replays.ts";
import { newestFirst } from "../../clauses.ts";
import { shadowRunView } from "../replay-views.ts";
import { readJsonBlob } from "../stored-list.ts";
import { shadowEnded } from "./ask-shadow.ts";
import { knownShadowRun, readShadowRun, writeShadowRun } from "./shadow-document.ts";
import { shadowRunKind } from "./shadow-run.ts";

/** The newest shadow runs, without what they found. */
export async function fetchShadowRuns({ record }: Context): Promise<Result<ShadowRunsPage>> {
  const limit = limits.replaysOpenMax;
  const page = await record.search(newestFirst({ kind: shadowRunKind, all: [], newestBy: "asked", limit }));
  if (!page.ok) return page;
  return ok({ runs: page.value.versions.map((version) => shadowRunView(knownShadowRun(version))) });
}

/** One with what it found, once it is done. */
export async function fetchShadowRun({ record }: Context, id: string): Promise<Result<ShadowRunView>> {
  const known = await readShadowRun(record, id);
  if (!known.ok) return known;
  const view = shadowRunView(known.value);
  const { report } = known.value.run;
  if (report === undefined) return ok(view);
  const found = await readJsonBlob<DifferenceReport>(record, report);
  return found.ok ? ok({ ...view, report: found.value }) : found;
}

const attemptsMax = 20;

/** Problems: not-found; conflict `shadow-run-ended`; those of the record. */
export async function stopShadowRun({ record, clock }: Context, id: string): Promise<Result<ShadowRunView>> {
  for (let attempt = 1; ; attempt += 1) {
    const known = await readShadowRun(record, id);
    if (!known.ok) return known;
    if (known.value.run.state !== "running") return failed(shadowEnded);
    const run = { ...known.value.run, state: "stopped", endedAt: toIso(clock.now()) } as const;
    const written = await writeShadowRun(record, known.value, { run });
    if (written.ok) return ok(shadowRunView(written.value));
    if (written.problems[0].category !== "conflict" || attempt >= attemptsMax) return written;
  }
}
