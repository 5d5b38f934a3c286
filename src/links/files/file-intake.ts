import { setTimeout as passed } from "node:timers/promises";
import { failed, type Log, limits, ok, type Problem, type Result } from "#kernel";
import { arrivedFiles, isSame, type Seen } from "./arrivals.ts";
import { fileNamePattern } from "./file-name.ts";
import type { FileEntry, FileStore } from "./file-store.ts";
import { putAway } from "./put-away.ts";
import { type TakeMessage, type TakingFile, takeFile } from "./take-file.ts";

export interface FileIntakeOptions {
  /** The link's. */
  readonly name: string;
  /** Of the files to take: `*.hl7`. */
  readonly pattern: string;
  /** Between two looks into the folder. */
  readonly everyMs: number;
  readonly take: TakeMessage;
  /** True: each file is handed over as it is, instead of the HL7 v2 messages in it. */
  readonly hasWholeFiles?: () => boolean;
  readonly log: Log;
  /** Called when `status` says something else than before. */
  readonly statusChanged?: (status: FileIntakeStatus) => void;
  /** Other bounds than the usual ones, for tests. */
  readonly limits?: Partial<FileIntakeLimits>;
}

export type FileIntakeLimits = Readonly<
  Record<"messageFileBytesMax" | "messageFilesTakenMax" | "mllpFrameBytesMax", number>
>;

export interface FileIntakeStatus {
  readonly state: "starting" | "watching" | "failing" | "stopped";
  /** One plain sentence, without names of files. */
  readonly text: string;
}

export interface FileIntake {
  status(): FileIntakeStatus;
  /** Looks at once. Settles when what had arrived is dealt with. */
  look(): Promise<void>;
  /** Finishes the message that is being taken; its file is taken again by the next start. */
  stop(): Promise<void>;
}

/**
 * Watches a folder: takes each file that is there whole, the oldest first, hands over its messages, and moves it away when
 * every answer is durable. What happens between leads to the same file being taken again: `take` answers repeated messages
 * as before. After a failure nothing younger is taken before the file that failed, so order is kept. It never ends by
 * itself: a folder that is not there is looked at again.
 */
export function startFileIntake(store: FileStore, options: FileIntakeOptions): FileIntake {
  const { name, everyMs, log, statusChanged = () => {} } = options;
  const stopping = new AbortController();
  const looking = looker(store, options, () => stopping.signal.aborted);
  let status: FileIntakeStatus = { state: "starting", text: `looking into ${store.place}` };
  let last: Promise<void> = Promise.resolve();

  const tell = (next: FileIntakeStatus) => {
    if (next.text === status.text && next.state === status.state) return;
    status = next;
    statusChanged(status);
  };
  const look = async () => {
    const looked = await looking();
    if (stopping.signal.aborted) return false;
    if (looked.ok) tell({ state: "watching", text: `watching ${store.place}` });
    else {
      const [problem] = looked.problems;
      tell({ state: "failing", text: problem.message });
      log.warn("files not taken", { link: name, problem: problem.code, error: errorOf(problem) });
    }
    return looked.ok && looked.value.hasMore;
  };
  const inTurn = () => {
    const looked = last.then(look);
    last = looked.then(() => {});
    return looked;
  };
  const watching = (async () => {
    while (!stopping.signal.aborted) {
      if (!(await inTurn())) await passed(everyMs, undefined, { signal: stopping.signal }).catch(() => {});
    }
  })();
  return {
    status: () => status,
    look: () => inTurn().then(() => {}),
    async stop() {
      stopping.abort();
      await watching;
      await last;
      await store.close();
      tell({ state: "stopped", text: "stopped" });
    },
  };
}

/** One look into the folder at a time, each knowing what the one before saw. */
function looker(store: FileStore, options: FileIntakeOptions, isStopping: () => boolean) {
  const bounds: FileIntakeLimits = { ...limits, ...options.limits };
  const isWanted = fileNamePattern(options.pattern);
  const taking: TakingFile = {
    store,
    link: options.name,
    take: options.take,
    messageBytesMax: bounds.mllpFrameBytesMax,
    fileBytesMax: bounds.messageFileBytesMax,
    hasWholeFiles: options.hasWholeFiles ?? (() => false),
    isStopping,
  };
  let before: Seen = new Map();
  return async (): Promise<Result<{ readonly hasMore: boolean }>> => {
    const listed = await store.list();
    if (!listed.ok) return listed;
    const now: Seen = new Map(listed.value.map((entry) => [entry.name, entry]));
    const arrived = arrivedFiles(before, now, isWanted);
    before = now;
    for (const file of arrived.slice(0, bounds.messageFilesTakenMax)) {
      if (isStopping()) break;
      const dealt = await dealWith(file, taking, options.log);
      if (!dealt.ok) return dealt;
    }
    return ok({ hasMore: arrived.length > bounds.messageFilesTakenMax });
  };
}

async function dealWith(file: FileEntry, taking: TakingFile, log: Log): Promise<Result<unknown>> {
  const { store, link } = taking;
  const found = await store.find(file.name);
  if (!found.ok) return found;
  // It went away, or is written to again: the next look sees.
  if (found.value === undefined || !isSame(found.value, file)) return ok(undefined);
  const taken = await takeFile(file, taking);
  if (!taken.ok) return taken.problems[0].code === "intake-stopping" ? ok(undefined) : failed(...taken.problems);
  const stamp = new Date().toISOString().replace(/[-:.]/g, "");
  const away = await putAway(store, { name: file.name, taken: taken.value, stamp });
  if (!away.ok) return away;
  const problem = taken.value.is === "refused" ? taken.value.problems[0].code : undefined;
  if (away.value.folder === "refused") log.warn("file refused", { link, bytes: file.bytes, problem });
  else log.info("file taken", { link, bytes: file.bytes });
  return ok(undefined);
}

function errorOf({ cause }: Problem): Error | undefined {
  return cause instanceof Error ? cause : undefined;
}
