import {
  conflict,
  failed,
  type Log,
  type OutgoingMessage,
  ok,
  type Problem,
  type Result,
  type Sender,
  type SenderStatus,
  type SendOutcome,
  unavailable,
} from "#kernel";
import { fileNameOf } from "./file-name.ts";
import type { FileStore } from "./file-store.ts";

export interface FileSenderOptions {
  /** The destination's, for the log. */
  readonly name: string;
  /** What files end in: `.hl7`. */
  readonly extension: string;
  readonly log: Log;
}

/**
 * Each message becomes a file, named by its control id, written aside (`.name.part`) and renamed when it is whole, so that
 * nobody takes half of one. A file of the same name and bytes counts as delivered, one of other bytes is never overwritten:
 * refused `file-exists`. A folder that cannot be written to is `unreachable`; where the renaming did not end well, the file
 * may be there: `unanswered`, and the next try finds out.
 */
export function fileSender(store: FileStore, { name, extension, log }: FileSenderOptions): Sender {
  let status: SenderStatus = { state: "idle", text: `nothing written to ${store.place} yet` };
  let isClosed = false;
  return {
    async send(message, signal) {
      if (isClosed) return unreachable(senderClosed);
      if (signal.aborted) return unreachable(stopped);
      const progress: Progress = { isRenaming: false };
      const outcome = await untilAborted(deliver(store, { message, extension, progress }), signal, progress);
      status = statusAfter(outcome, store.place) ?? status;
      if (outcome.is !== "accepted")
        log.warn("file not delivered", { destination: name, problem: outcome.problem.code });
      return outcome;
    },
    status: () => (isClosed ? { state: "closed", text: "closed" } : status),
    async close() {
      isClosed = true;
      await store.close();
    },
  };
}

/** What is past undoing: from the renaming on, the other side may have the file. */
interface Progress {
  isRenaming: boolean;
}

interface Delivering {
  readonly message: OutgoingMessage;
  readonly extension: string;
  readonly progress: Progress;
}

async function deliver(store: FileStore, { message, extension, progress }: Delivering): Promise<SendOutcome> {
  const name = fileNameOf(message.controlId, extension);
  const aside = `.${name}.part`;
  const existing = await store.find(name);
  if (!existing.ok) return unreachable(existing.problems[0]);
  if (existing.value !== undefined) return compared(store, name, message.body);
  const written = await store.write(aside, message.body);
  if (!written.ok) return unreachable(written.problems[0]);
  progress.isRenaming = true;
  const renamed = await store.rename(aside, name);
  if (renamed.ok) return { is: "accepted" };
  const [problem] = renamed.problems;
  if (problem.code !== "file-exists") return { is: "unanswered", problem };
  await store.remove(aside);
  return compared(store, name, message.body);
}

/** A file of that name is there: ours from an earlier try, or another's. */
async function compared(store: FileStore, name: string, body: Uint8Array): Promise<SendOutcome> {
  let at = 0;
  const read = await store.read(name, async (bytes): Promise<Result<unknown>> => {
    const isSame = Buffer.compare(body.subarray(at, at + bytes.length), bytes) === 0;
    at += bytes.length;
    return isSame ? ok(undefined) : failed(otherBytes);
  });
  const problem = read.ok ? (at === body.length ? undefined : otherBytes) : read.problems[0];
  if (problem === undefined) return { is: "accepted" };
  if (problem === otherBytes) return { is: "refused", problem, code: "exists" };
  return { is: "unanswered", problem };
}

/** A folder that hangs, as lost mounts do, must not hold up who stops. */
async function untilAborted(
  delivering: Promise<SendOutcome>,
  signal: AbortSignal,
  progress: Progress,
): Promise<SendOutcome> {
  const { promise, resolve } = Promise.withResolvers<SendOutcome>();
  const giveUp = () => resolve({ is: progress.isRenaming ? "unanswered" : "unreachable", problem: stopped });
  signal.addEventListener("abort", giveUp, { once: true });
  try {
    return await Promise.race([delivering, promise]);
  } finally {
    signal.removeEventListener("abort", giveUp);
  }
}

function statusAfter(outcome: SendOutcome, place: string): SenderStatus | undefined {
  switch (outcome.is) {
    case "accepted":
    case "refused":
      return { state: "connected", text: `writes to ${place}` };
    case "unanswered":
    case "unreachable":
      return outcome.problem === stopped ? undefined : { state: "failing", text: outcome.problem.message };
  }
}

function unreachable(problem: Problem): SendOutcome {
  return { is: "unreachable", problem };
}

const otherBytes = conflict("file-exists", "There is a file of this message's name already, with other content.");
const senderClosed = unavailable("sender-closed", "The sender was closed.");
const stopped = unavailable("sending-stopped", "Sending was stopped.");
