import { type Access, decidingForLink, workerActor } from "#access";
import { codeRound, type PassingOn, type Safeguards, SenderMaps, WaitingOrders } from "#departments/clinical";
import { type Log, limits, type Problem, type Result } from "#kernel";
import type { HealthRecord } from "#record";

/** What all links share. */
export interface SharedByLinks {
  readonly maps: SenderMaps;
  readonly waiting: WaitingOrders;
}

export function sharedByLinks(): SharedByLinks {
  return { maps: new SenderMaps(), waiting: new WaitingOrders() };
}

export interface CodeWorkNeeds extends SharedByLinks {
  readonly access: Access;
  /** The whole record: whether it has moved, and whether there is something to do, is looked up all the time. */
  readonly record: HealthRecord;
  readonly safeguardsOf: (link: string) => Safeguards;
  /** Where messages of a link go that an approval lets go. */
  readonly passingOnOf: (link: string) => PassingOn | undefined;
  readonly log: Log;
}

export interface CodeWork {
  /** Something was approved: begin the next round now. */
  wake(): void;
  /** A configuration with these tables runs from now on: what they explain is let go. */
  applyTables: SenderMaps["applyTables"];
  /** Resolves when the round under way is done. */
  close(): Promise<void>;
}

/**
 * Counts codes and carries out what people approve, behind the messages, for as long as it is open. When it resolves, the
 * maps have been read, so that the first message is mapped by them.
 */
export async function openCodeWork(needs: CodeWorkNeeds): Promise<CodeWork> {
  const stop = new AbortController();
  const wakener: { wake?: () => void } = {};
  await round(needs);
  const done = follow(needs, stop.signal, wakener);
  return {
    wake: () => wakener.wake?.(),
    applyTables: (tables) => {
      needs.maps.applyTables(tables);
      wakener.wake?.();
    },
    close: async () => {
      stop.abort();
      wakener.wake?.();
      await done;
    },
  };
}

/** For what is made before the work on codes and opened after it. */
export function tablesFor(work: () => CodeWork): Pick<CodeWork, "applyTables"> {
  return { applyTables: (tables) => work().applyTables(tables) };
}

async function follow(needs: CodeWorkNeeds, stop: AbortSignal, wakener: { wake?: () => void }): Promise<void> {
  while (!stop.aborted) {
    const woken = new AbortController();
    wakener.wake = () => woken.abort();
    const position = await needs.record.position().catch(() => 0);
    await round(needs);
    if (stop.aborted) return;
    await pause(limits.codeRoundMs, woken.signal);
    await needs.record.changed(position, woken.signal).catch(() => undefined);
  }
}

/** What fails is tried again in the next round. */
async function round({ access, record: look, log, ...needs }: CodeWorkNeeds): Promise<void> {
  const context = access.contextOf(decidingForLink(workerActor("codes")));
  const forLink = () => context;
  const result = await codeRound({ ...needs, look, context, forLink, log }).catch((cause: unknown) => failure(cause));
  if (!result.ok) log.warn("codes-not-worked-on", { reason: result.problems[0].code });
}

function failure(cause: unknown): Result<never> {
  const problem: Problem = {
    category: "fault",
    code: "code-round-threw",
    message: "A round over the codes threw.",
    cause,
  };
  return { ok: false, problems: [problem] };
}

function pause(ms: number, woken: AbortSignal): Promise<void> {
  if (woken.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      resolve();
    };
    const timer = setTimeout(end, ms);
    woken.addEventListener("abort", end, { once: true });
  });
}
