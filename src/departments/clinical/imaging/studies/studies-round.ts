import type { Context } from "#access";
import { instant, type Log, limits, ok, type Result } from "#kernel";
import { routeReceived } from "../routing/plan-sends.ts";
import { fileStudy } from "./file-study.ts";

export interface StudiesRoundNeeds {
  readonly context: Context;
  readonly log: Log;
}

/**
 * Files the studies that changed since the last round, and lets them go where the rules say. A study that is still being received waits until its
 * sender is quiet, but not for long, as each filing is a version of its document. Answers how many there were.
 */
export async function studiesRound({ context, log }: StudiesRoundNeeds): Promise<Result<number>> {
  const { keeping } = context.images;
  if (!keeping.ok) return keeping;
  const { changed } = keeping.value;
  const now = context.clock.now();
  const taken = await changed.take(limits.imageChangesTakenMax, {
    quietAt: instant(now - limits.imageQuietMs),
    dueAt: instant(now - limits.imageFilingDueMs),
  });
  for (const each of taken) {
    const filed = await fileStudy(context, each.study);
    const routed = filed.ok ? await routeReceived(context, each.study) : filed;
    if (routed.ok) await changed.finish([each]);
    else log.warn("a study could not be filed", { code: routed.problems[0].code });
  }
  return ok(taken.length);
}
