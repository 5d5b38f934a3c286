import { narrow } from "#access";
import { openAuditLog } from "#audit";
import {
  compareRuns,
  keepWholeRun,
  listRuns,
  type RunDifferences,
  readWholeRun,
  simulatorRunKind,
  type WholeRun,
} from "#departments/clinical";
import { failed, incorrect, ok, type Result } from "#kernel";
import type { HealthRecord } from "#record";
import { besideCorridor } from "../../compose/beside.ts";
import { thisAccount } from "../../compose/identity.ts";
import type { RecordParts } from "../../compose/record.ts";
import type { Invocation } from "../command.ts";
import type { Given } from "../settings.ts";
import type { PlayedRun } from "./play-run.ts";

const actions = ["read", "search", "history", "create", "update"];
const runsListedMax = 50;

/** The record as whoever runs the command may see it: runs of the simulator and nothing else. */
function ownRecord({ record, store, clock, ids }: RecordParts): HealthRecord {
  const permissions = new Set(actions.map((action) => `${simulatorRunKind}.${action}`));
  const actor = { ...thisAccount(), permissions };
  return narrow({ record, auditLog: openAuditLog(store.audit), actor, clock, ids });
}

/** The id under which it is kept. Problems: those of the record. */
export function keepRun({ run, answers }: PlayedRun, given: Given): Promise<Result<string>> {
  return besideCorridor(given, (parts) => keepWholeRun(ownRecord(parts), run, answers));
}

export async function listKept({ options, terminal }: Invocation, given: Given): Promise<Result<void>> {
  const listed = await besideCorridor(given, (parts) => listRuns(ownRecord(parts), { limit: runsListedMax }));
  if (!listed.ok) return listed;
  const { runs } = listed.value;
  if (options.json === true) terminal.out(JSON.stringify(runs, null, 2));
  else if (runs.length === 0) terminal.out("No run is kept.");
  else
    for (const { id, startedAt, state, title, by, summary } of runs) {
      const count = summary === undefined ? "" : `, ${summary.accepted} of ${summary.messages} accepted`;
      terminal.out(`${id}  ${startedAt.slice(0, 16).replace("T", " ")}  ${state}  ${title} (${by.display}${count})`);
    }
  return ok(undefined);
}

interface Sources {
  readonly given: Given;
  /** The text of a file; undefined where there is none. */
  read(path: string): Promise<string | undefined>;
}

/** Of two runs, each an id of the record or a file. Problems: `run-unreadable`; those of the record. */
export async function compareKept(
  words: readonly [string, string],
  { given, read }: Sources,
): Promise<Result<RunDifferences>> {
  const runs: WholeRun[] = [];
  for (const word of words) {
    const text = await read(word);
    const run =
      text === undefined
        ? await besideCorridor(given, (parts) => readWholeRun(ownRecord(parts), word))
        : savedRun(text, word);
    if (!run.ok) return run;
    runs.push(run.value);
  }
  const [first, second] = runs as [WholeRun, WholeRun];
  return ok(compareRuns(first, second));
}

function savedRun(text: string, path: string): Result<WholeRun> {
  try {
    const saved = JSON.parse(text) as WholeRun;
    if (typeof saved.run?.settings?.target === "object" && Array.isArray(saved.answers)) return ok(saved);
  } catch {
    // Told below, like any other file that is no run.
  }
  return failed(incorrect("run-unreadable", `${path} is no run that was saved with --save.`));
}
