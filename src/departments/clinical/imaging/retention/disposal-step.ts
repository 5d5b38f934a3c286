import type { Context } from "#access";
import { type ImageCursor, studyName } from "#imaging";
import { conflict, failed, type Instant, instant, limits, ok, type Result, toIso } from "#kernel";
import { type KeptCounts, keptReasons } from "../../api/image-retention.ts";
import type { DisposalRoundNeeds } from "./disposal-round.ts";
import { dropStudies } from "./dispose-studies.ts";
import { decisionOf, type ImageDisposal, type KnownImageDisposal, writeDisposal } from "./image-disposal.ts";
import { type JudgedPage, type JudgedStudy, judgeStudies } from "./judge-studies.ts";
import { committedSince } from "./second-archive.ts";

export interface StepNeeds extends DisposalRoundNeeds {
  /** Of who agreed. */
  readonly context: Context;
}

/**
 * The next few studies: judged as they are now, and those that go are erased. Cut short anywhere, the same step is done again.
 * Problems: conflict `kept-meanwhile`, `stopping`, and where somebody has stopped it; those of the record and of erasing.
 */
export async function disposalStep(needs: StepNeeds, known: KnownImageDisposal): Promise<Result<KnownImageDisposal>> {
  const { rules, day, after, underWay = [] } = known.disposal;
  // What was begun is among them, also where more has come before it since.
  const limit = limits.imagesDisposedAtOnce * (underWay.length > 0 ? 5 : 1);
  const begun = new Set(underWay);
  const page = await judgeStudies(needs, { rules, day, limit, after, begun });
  if (!page.ok) return page;
  const keptNow = page.value.studies.find(({ uid, goes }) => !goes && begun.has(studyName(uid)));
  if (keptNow !== undefined) return failed(keptMeanwhile(keptNow));
  const sorted = await sortOut(needs, known.disposal, page.value.studies);
  if (!sorted.ok) return sorted;
  const erased = await erase(needs, known, sorted.value.going);
  if (!erased.ok) return erased;
  const disposal = await progressed(needs, { before: erased.value, sorted: sorted.value, page: page.value });
  return disposal.ok ? writeDisposal(needs.context.record, { ...erased.value, disposal: disposal.value }) : disposal;
}

interface SortedOut {
  readonly going: readonly JudgedStudy[];
  readonly kept: KeptCounts;
  readonly waiting: number;
}

/** What was proposed did not know what came since; and where a rule asks for it, a second archive has to answer for a study first. */
async function sortOut(
  needs: StepNeeds,
  { proposed, decided = proposed, underWay = [], nextAt, ...before }: ImageDisposal,
  studies: readonly JudgedStudy[],
): Promise<Result<SortedOut>> {
  const begun = new Set(underWay);
  const agreedAt = instant(Date.parse(decided.at));
  const isLate = needs.context.clock.now() > agreedAt + limits.imageSecondArchiveWaitMs;
  const isNewPass = nextAt !== undefined;
  const [going, kept] = [[] as JudgedStudy[], isNewPass ? {} : { ...before.kept }];
  let waiting = isNewPass ? 0 : before.waiting;
  for (const study of studies) {
    const state =
      study.goes && !begun.has(studyName(study.uid))
        ? await readiness(needs, study, { proposed, agreedAt })
        : ok("given" as const);
    if (!state.ok) return state;
    if (study.goes && state.value === "given") going.push(study);
    else if (state.value === "waiting" && !isLate) waiting += 1;
    else {
      const reason = study.kept ?? (state.value === "came-since" ? "came-since" : "archive");
      kept[reason] = (kept[reason] ?? 0) + 1;
    }
  }
  return ok({ going, kept, waiting });
}

type Readiness = "given" | "waiting" | "refused" | "came-since";

async function readiness(
  needs: StepNeeds,
  { uid: study, secondArchives }: JudgedStudy,
  { proposed, agreedAt: since }: { readonly proposed: { readonly at: string }; readonly agreedAt: Instant },
): Promise<Result<Readiness>> {
  const came = await cameSince(needs, study, Date.parse(proposed.at));
  if (!came.ok) return came;
  if (came.value) return ok("came-since");
  let state: Readiness = "given";
  for (const node of secondArchives) {
    const said = await committedSince({ context: needs.sending, directory: needs.directory }, { study, node, since });
    if (!said.ok) return said;
    if (said.value === "refused") return said;
    if (said.value === "waiting") state = "waiting";
  }
  return ok(state);
}

async function cameSince({ images }: StepNeeds, study: string, sinceMs: number): Promise<Result<boolean>> {
  for (let after: ImageCursor | undefined; ; ) {
    const page = await images.instances({
      address: { study },
      withMetadata: false,
      withRejected: true,
      limit: limits.imageInstancesPageMax,
      ...(after === undefined ? {} : { after }),
    });
    if (!page.ok) return page;
    if (page.value.instances.some(({ receivedAt }) => receivedAt >= sinceMs)) return ok(true);
    after = page.value.next;
    if (after === undefined) return ok(false);
  }
}

/** What goes is written down with the disposal first, so that it is known to be under way. */
async function erase(
  needs: StepNeeds,
  known: KnownImageDisposal,
  going: readonly JudgedStudy[],
): Promise<Result<KnownImageDisposal>> {
  const { underWay: begun = [] } = known.disposal;
  if (going.length === 0 && begun.length === 0) return ok(known);
  const { context, look, stop } = needs;
  const allowed = needs.erasing(context);
  if (!allowed.ok) return allowed;
  const underWay = [...new Set([...begun, ...going.map(({ uid }) => studyName(uid))])];
  const written = await writeDisposal(context.record, { ...known, disposal: { ...known.disposal, underWay } });
  if (!written.ok) return written;
  const decision = decisionOf(known.id);
  const at = context.clock.now();
  const dropped = await dropStudies({ look, context, erasing: allowed.value, decision, at }, going);
  if (!dropped.ok) return dropped;
  const gone = await allowed.value.carryOut(decision, async () => (stop.aborted ? failed(stopping) : ok(undefined)));
  return gone.ok ? written : gone;
}

interface Progressed {
  readonly before: KnownImageDisposal;
  readonly sorted: SortedOut;
  readonly page: JudgedPage;
}

async function progressed(
  { context, erasing }: StepNeeds,
  { before: { id, disposal }, sorted, page }: Progressed,
): Promise<Result<ImageDisposal>> {
  const allowed = erasing(context);
  const erased = allowed.ok ? await allowed.value.progress(decisionOf(id)) : allowed;
  if (!erased.ok) return erased;
  const { after: _after, underWay: _underWay, nextAt: _nextAt, problem: _problem, ...rest } = disposal;
  const { studies, images: objects, versions } = erased.value ?? { studies: { done: 0 }, images: 0, versions: 0 };
  const now = {
    ...rest,
    waiting: sorted.waiting,
    kept: sorted.kept,
    gone: { studies: studies.done, objects, versions },
  };
  if (page.next !== undefined) return ok({ ...now, after: page.next });
  const nowMs = context.clock.now();
  if (sorted.waiting === 0) return ok({ ...now, state: "done", finishedAt: toIso(nowMs) });
  return ok({ ...now, nextAt: toIso(instant(nowMs + limits.imageSecondArchiveAskMs)) });
}

function keptMeanwhile({ kept = "marked" }: JudgedStudy) {
  const message = `A study was about to be erased when Corridor stopped, and is to be kept since: ${keptReasons[kept].toLowerCase()}.`;
  return conflict("kept-meanwhile", message);
}

const stopping = conflict("stopping", "Corridor is stopping; it goes on with the next start.");
