import type { Context } from "#access";
import type { Images } from "#imaging";
import { type Log, limits, ok, type Problem, type Result, toIso } from "#kernel";
import type { Erasures, HealthRecord } from "#record";
import type { SaidView } from "../../api/image-retention.ts";
import type { NodeDirectory } from "../nodes/node-directory.ts";
import { stateKey } from "../routing/image-send.ts";
import { disposalStep } from "./disposal-step.ts";
import { imageDisposalKind, type KnownImageDisposal, knownDisposal, writeDisposal } from "./image-disposal.ts";
import { countJudged, judgeStudies } from "./judge-studies.ts";
import type { PatientKeepingOf } from "./patient-keeping.ts";

export interface DisposalRoundNeeds {
  /** The whole record and archive: looking what is due shows nothing to anybody. */
  readonly look: Pick<HealthRecord, "search" | "readMany">;
  readonly images: Pick<Images, "find" | "instances">;
  readonly keepingOf: PatientKeepingOf;
  /** May delete and erase what goes, under the name of who said so. */
  contextFor(said: SaidView): Context;
  /** Problems: forbidden `permission-missing`. */
  erasing(context: Context): Result<Pick<Erasures, "plan" | "progress" | "carryOut">>;
  /** May send studies to other nodes. */
  readonly sending: Context;
  readonly directory: NodeDirectory;
  /** Aborted when Corridor stops. */
  readonly stop: AbortSignal;
  readonly log: Log;
}

/** Counts what was proposed and carries out what was agreed on, as far as it goes. What it has done is in the record. */
export async function imageDisposalRound(needs: DisposalRoundNeeds): Promise<Result<void>> {
  const found = await needs.look.search({
    kind: imageDisposalKind,
    all: [{ is: "key", any: [stateKey("counting"), stateKey("agreed")] }],
    sort: { by: "updated", descending: false },
    limit: limits.governancePageMax,
  });
  if (!found.ok) return found;
  for (const version of found.value.versions) {
    const known = knownDisposal(version);
    const done = await (known.disposal.state === "counting" ? countAll(needs, known) : carryOut(needs, known));
    if (!done.ok) return done;
  }
  return ok(undefined);
}

/** What would go, page by page, until all is counted: then it is proposed. */
async function countAll(needs: DisposalRoundNeeds, known: KnownImageDisposal): Promise<Result<void>> {
  const { record } = needs.contextFor(known.disposal.proposed);
  for (let at = known; at.disposal.state === "counting"; ) {
    if (needs.stop.aborted) return ok(undefined);
    const { after: before, ...disposal } = at.disposal;
    const { rules, day, foreseen } = disposal;
    const page = await judgeStudies(needs, { rules, day, limit: limits.imageJudgedAtOnce, after: before });
    if (!page.ok) return page;
    const { studies, next } = page.value;
    const counted = { ...disposal, foreseen: countJudged(foreseen, studies) };
    const more = next === undefined ? { ...counted, state: "proposed" as const } : { ...counted, after: next };
    const written = await writeDisposal(record, { ...at, disposal: more });
    if (!written.ok) return written;
    at = written.value;
  }
  return ok(undefined);
}

/** Why it does not go on is written down once, for whoever looks at the page; it is tried again. */
async function carryOut(needs: DisposalRoundNeeds, known: KnownImageDisposal): Promise<Result<void>> {
  const { decided = known.disposal.proposed } = known.disposal;
  const context = needs.contextFor(decided);
  let at = known;
  while (at.disposal.state === "agreed" && !needs.stop.aborted) {
    const { nextAt } = at.disposal;
    if (nextAt !== undefined && nextAt > toIso(context.clock.now())) return ok(undefined);
    const step = await disposalStep({ ...needs, context }, at);
    if (!step.ok) return needs.stop.aborted ? ok(undefined) : notGoingOn(needs, { context, at }, step.problems[0]);
    at = step.value;
  }
  if (at.disposal.state === "done") needs.log.info("a deletion of images by rule is done", { disposal: at.id });
  return ok(undefined);
}

async function notGoingOn(
  { log }: DisposalRoundNeeds,
  { context, at }: { readonly context: Context; readonly at: KnownImageDisposal },
  { code, message }: Problem,
): Promise<Result<void>> {
  log.warn("a deletion of images by rule does not go on", { disposal: at.id, code });
  const read = await context.record.read(imageDisposalKind, at.id);
  if (!read.ok) return read;
  const now = knownDisposal(read.value);
  if (now.disposal.state !== "agreed" || now.disposal.problem?.code === code) return ok(undefined);
  const problem = { code, message, at: toIso(context.clock.now()) };
  const written = await writeDisposal(context.record, { ...now, disposal: { ...now.disposal, problem } });
  return written.ok ? ok(undefined) : written;
}
