import { readFile } from "node:fs/promises";
import { type Access, type Context, decidingForLink, workerActor } from "#access";
import {
  readWorklistRules,
  usualWorklistRules,
  type WorklistRule,
  worklistRound,
  worklistRoutes,
} from "#departments/clinical";
import { failed, incorrect, type Log, limits, ok, type Result, type Route } from "#kernel";
import type { CursorStore, HealthRecord } from "#record";
import { openRounds } from "../compose/rounds.ts";
import type { ShutdownStack } from "../compose/shutdown-stack.ts";
import type { Config } from "../config.ts";

export interface WorklistNeeds {
  readonly config: Pick<Config, "worklistFile">;
  readonly access: Access;
  /** The whole record. */
  readonly record: HealthRecord;
  readonly cursors: CursorStore;
  readonly log: Log;
  readonly stack: ShutdownStack;
}

/**
 * Keeps the worklist of the modalities as the orders are, while the stack is open; the routes show it. Problems: those of the file
 * with its rules.
 */
export async function openWorklist(needs: WorklistNeeds): Promise<Result<readonly Route<Context>[]>> {
  const { config, access, record, cursors, log, stack } = needs;
  const rules = await rulesOf(config);
  if (!rules.ok) return rules;
  const actor = decidingForLink(workerActor("worklist"));
  const round = () =>
    worklistRound({ look: record, context: access.contextOf(actor), rules: rules.value, cursors, log });
  const everyMs = limits.worklistRoundMs;
  openRounds({ name: "worklist", firstMs: everyMs, everyMs, round }, { log, stack });
  return ok(worklistRoutes({ forWorklist: (asking) => access.contextOf(decidingForLink(asking)) }));
}

/** Problems: incorrect `worklist-file-unreadable`, `worklist-rules-invalid`. */
async function rulesOf({ worklistFile: file }: Pick<Config, "worklistFile">): Promise<Result<readonly WorklistRule[]>> {
  if (file === undefined) return ok(usualWorklistRules);
  try {
    return readWorklistRules(await readFile(file, "utf8"));
  } catch (cause) {
    const message = `The file ${file} cannot be read: check CORRIDOR_WORKLIST_FILE.`;
    return failed(incorrect("worklist-file-unreadable", message, { cause }));
  }
}
