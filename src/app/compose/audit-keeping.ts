import { join } from "node:path";
import { type KeptCheckpoints, type NoteSigner, type WrittenCheckpoint, writeCheckpoint } from "#audit";
import { type Clock, failed, type Instant, type Log, limits, ok, type Result } from "#kernel";
import type { AuditTreeStore, CursorStore } from "#record";
import { openCheckpointFolder } from "#storage/files";
import type { Config } from "../config.ts";
import { openAuditSigner } from "./audit-key.ts";
import { openRounds } from "./rounds.ts";
import type { ShutdownStack } from "./shutdown-stack.ts";

export interface AuditPlaces {
  readonly signer: NoteSigner;
  /** The folder in the data folder first. */
  readonly places: readonly KeptCheckpoints[];
}

/** What signs checkpoints, and where they are kept. Problems: `audit-key-unusable`. */
export async function openAuditPlaces(config: Config): Promise<Result<AuditPlaces>> {
  const signer = await openAuditSigner(config);
  if (!signer.ok) return signer;
  const second = config.auditCheckpoints === undefined ? [] : [config.auditCheckpoints];
  const folders = [join(config.dataFolder, "audit-checkpoints"), ...second];
  return ok({ signer: signer.value, places: await Promise.all(folders.map(openCheckpointFolder)) });
}

export interface AuditKeepingNeeds extends AuditPlaces {
  readonly tree: AuditTreeStore;
  readonly cursors: Pick<CursorStore, "claim">;
  readonly clock: Clock;
  readonly log: Log;
  /** At its end one more checkpoint is signed. */
  readonly stack: ShutdownStack;
  /** Told of each checkpoint that is signed. */
  readonly signed: (note: string) => void;
}

/** Signs the audit log in all places. Stops at the first that cannot; the others are signed all the same. */
export async function signEverywhere(needs: Omit<AuditKeepingNeeds, "cursors" | "log" | "stack">) {
  const results: Result<WrittenCheckpoint>[] = [];
  for (const kept of needs.places) results.push(await writeCheckpoint({ ...needs, kept }));
  for (const result of results) if (result.ok && result.value.note !== undefined) needs.signed(result.value.note);
  return results;
}

/** Signs checkpoints of the audit log while Corridor runs: one process of those that share a database does it. */
export function openAuditKeeping(needs: AuditKeepingNeeds): void {
  const { tree, cursors, clock, log, stack } = needs;
  let last: { readonly size: number; readonly at: Instant } | undefined;
  const sign = async (): Promise<Result<unknown>> => {
    if (!(await cursors.claim("audit checkpoints"))) return ok(undefined);
    const results = await signEverywhere(needs);
    const wrong = results.flatMap((result) => (result.ok ? [] : result.problems));
    // A log that is not what it was must be seen by whoever watches the program: no round is quiet about it.
    for (const problem of wrong) log.error(problem.code, { reason: problem.message });
    last = { size: await tree.size(), at: clock.now() };
    const [first, ...more] = wrong;
    return first === undefined ? ok(undefined) : failed(first, ...more);
  };
  const isDue = async () => {
    if (last === undefined) return true;
    const grown = (await tree.size()) - last.size;
    const isOld = clock.now() - last.at >= limits.auditCheckpointAgeMs;
    return grown >= limits.auditCheckpointEntries || (grown > 0 && isOld);
  };
  stack.defer("audit checkpoint", async () => {
    await sign();
  });
  const round = async () => ((await isDue()) ? sign() : ok(undefined));
  const times = { firstMs: limits.auditCheckpointFirstMs, everyMs: limits.auditCheckpointRoundMs };
  openRounds({ name: "audit checkpoints", ...times, round }, { log, stack });
}
