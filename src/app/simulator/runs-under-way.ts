import type { Context } from "#access";
import {
  type Answer,
  type Conducted,
  type KeptRun,
  keepBeginning,
  keepEnd,
  type SimulatorDesk,
  type SimulatorRun,
  type StartRun,
} from "#departments/clinical";
import { busy, failed, type Log, limits, ok, type Result, toIso } from "#kernel";
import { planOfOrder } from "./order-plan.ts";
import { playPlan, type RunPlan } from "./run-plan.ts";
import { type AllowedTargets, targetRefusal, targetText } from "./targets.ts";

export interface RunsNeeds {
  /** Address that a receiver's port is opened on. */
  readonly host: string;
  readonly listed: AllowedTargets["listed"];
  /** The links of this Corridor that listen. */
  readonly own: () => ReturnType<SimulatorDesk["targets"]>["own"];
  readonly log: Log;
}

/** The runs that this process plays. */
export interface RunsUnderWay extends SimulatorDesk {
  /** Ends them all, and settles when that is kept. */
  close(): Promise<void>;
}

interface UnderWay {
  readonly ending: AbortController;
  readonly startedMs: number;
  readonly messages: number;
  answered: number;
  refused: number;
  done: Promise<void>;
}

export function openRuns({ host, listed, own, log }: RunsNeeds): RunsUnderWay {
  const runs = new Map<string, UnderWay>();

  async function begin(plan: RunPlan, title: string, context: Context): Promise<Result<KeptRun>> {
    const { reference, display } = context.actor;
    const startedAt = toIso(context.clock.now());
    const { settings, messages } = plan;
    const run: SimulatorRun = { state: "running", title, by: { reference, display }, startedAt, settings };
    const id = await keepBeginning(context.record, run);
    if (!id.ok) return id;
    const kept = { ...run, id: id.value };
    const ending = new AbortController();
    const counts = { ending, startedMs: performance.now(), messages: messages.length, answered: 0, refused: 0 };
    const underWay: UnderWay = { ...counts, done: Promise.resolve() };
    runs.set(kept.id, underWay);
    underWay.done = playOut(kept, plan, { context, underWay }).finally(() => runs.delete(kept.id));
    return ok(kept);
  }

  async function playOut(run: KeptRun, plan: RunPlan, { context, underWay }: Playing): Promise<void> {
    const { signal } = underWay.ending;
    const answered = ({ outcome }: Answer) => {
      underWay.answered += 1;
      if (outcome !== "accepted") underWay.refused += 1;
    };
    const conducted = await playPlan(plan, { host, log, signal, answered });
    const endedAt = toIso(context.clock.now());
    const { ended, answers } = endOf(conducted, signal.aborted);
    const kept = await keepEnd(context.record, { ...run, ...ended, endedAt }, answers);
    if (!kept.ok) log.error("simulator-run-not-kept", { run: run.id, code: kept.problems[0].code });
  }

  return {
    targets: () => ({ own: own(), allowed: listed.map(targetText) }),
    async start(order: StartRun, context) {
      if (runs.size >= limits.simulatorRunsMax) return failed(tooManyRuns);
      const plan = planOfOrder(order);
      if (!plan.ok) return plan;
      const ports = new Set(own().map(({ address }) => Number(/\d+$/.exec(address)?.[0])));
      const refusal = targetRefusal(plan.value.settings.target, { listed, isOwn: (port) => ports.has(port) });
      return refusal === undefined ? begin(plan.value, order.title, context) : failed(refusal);
    },
    underWay: () => new Map([...runs].map(([id, run]) => [id, progressOf(run)])),
    stop(id) {
      const run = runs.get(id);
      run?.ending.abort();
      return run !== undefined;
    },
    async close() {
      for (const { ending } of runs.values()) ending.abort();
      await Promise.all([...runs.values()].map(({ done }) => done));
    },
  };
}

function progressOf({ messages, answered, refused, startedMs }: UnderWay) {
  return { messages, answered, refused, elapsedMs: Math.round(performance.now() - startedMs) };
}

interface Playing {
  readonly context: Context;
  readonly underWay: UnderWay;
}

function endOf(conducted: Result<Conducted>, isStopped: boolean) {
  if (!conducted.ok) {
    const { message } = conducted.problems[0];
    return { ended: { state: "failed", problem: message } as const, answers: [] };
  }
  const { answers, ...came } = conducted.value;
  return { ended: { state: isStopped ? "stopped" : "done", ...came } as const, answers };
}

const tooManyRuns = busy("simulator-busy", `At most ${limits.simulatorRunsMax} runs play at once; wait or stop one.`);
