import { ok, type Result } from "#kernel";
import type { ReplayPlan } from "./plan-replay.ts";
import type { KnownReplay } from "./replay-document.ts";
import { commitPlans, planOfStored, type ReplayView, readStoredOrGone, replayMessage } from "./replay-message.ts";
import type { ReplayNeeds } from "./replay-needs.ts";

interface Together {
  readonly known: KnownReplay;
  /** The next ones, in their order, that have nothing to do with each other; one or more. */
  readonly messageIds: readonly string[];
  /** A view for each: what was shown for one is not seen by another. */
  newView(): ReplayView;
}

/**
 * Takes the next messages once more, in one commit; where two of them write the same, those before the second. Where that
 * commit is refused, because somebody else was faster or a mapping is wrong, the first is taken by itself, and nothing of
 * the others is done. Settles with the replay as it then is. Problems: those of `replayMessage`.
 */
export async function replayTogether(needs: ReplayNeeds, together: Together): Promise<Result<KnownReplay>> {
  const { known, messageIds, newView } = together;
  const views: ReplayView[] = [];
  const viewOf = () => {
    const view = newView();
    views.push(view);
    return view;
  };
  const done = await takeTogether(needs, { known, messageIds, newView: viewOf });
  const witnessed = await Promise.all(views.map((view) => view.witness()));
  const [failure] = witnessed.filter((each) => !each.ok);
  return failure === undefined || !done.ok ? done : failure;
}

async function takeTogether(
  needs: ReplayNeeds,
  { known, messageIds: [messageId = "", ...others], newView }: Together,
): Promise<Result<KnownReplay>> {
  if (others.length > 0) {
    const planned = await planTogether(needs, { known, messageIds: [messageId, ...others], newView });
    if (!planned.ok) return planned;
    const done =
      planned.value.length > 1 ? await commitPlans(needs, { known, view: newView() }, planned.value) : undefined;
    if (done?.ok === true) return done;
    const category = done?.problems[0].category;
    if (done !== undefined && category !== "conflict" && category !== "incorrect") return done;
  }
  return replayMessage(needs, { known, messageId, view: newView() });
}

/** What is to be done with those that come first and write nothing that another writes. */
async function planTogether(
  needs: ReplayNeeds,
  { known, messageIds, newView }: Together,
): Promise<Result<readonly (ReplayPlan | undefined)[]>> {
  const planned = await Promise.all(
    messageIds.map(async (messageId): Promise<Result<ReplayPlan | undefined>> => {
      const view = newView();
      const stored = await readStoredOrGone(view, messageId);
      if (!stored.ok || stored.value === undefined) return stored.ok ? ok(undefined) : stored;
      return planOfStored(needs, { known, stored: stored.value, view });
    }),
  );
  const plans: (ReplayPlan | undefined)[] = [];
  for (const plan of planned) {
    if (!plan.ok) return plan;
    plans.push(plan.value);
  }
  return ok(withoutOverlap(plans));
}

/** The first of them, up to one that writes what another writes; a new patient may be that of the next, and is alone. */
function withoutOverlap(plans: readonly (ReplayPlan | undefined)[]): readonly (ReplayPlan | undefined)[] {
  const written = new Set<string>();
  const end = plans.findIndex((plan) => {
    const operations = plan?.transaction.operations ?? [];
    const keys = operations.flatMap(({ kind, id }) => (id === undefined ? [] : [`${kind}/${id}`]));
    const isAlone = operations.some(({ action, kind }) => action === "create" && kind === "Patient");
    const isShared = isAlone || keys.some((key) => written.has(key));
    for (const key of keys) written.add(key);
    return isShared;
  });
  return end === -1 ? plans : plans.slice(0, Math.max(end, 1));
}
