import { failed, incorrect, limits, ok, type Problem, type Problems, type Result } from "#kernel";
import { MessageFile } from "#standards/hl7v2";
import type { FileEntry, FileStore } from "./file-store.ts";
import { WholeFile } from "./whole-file.ts";

/** Where a message of a file came from. */
export interface FileOrigin {
  readonly link: string;
  /** The file's name. It may say something of a patient: for the record, not for the log. */
  readonly file: string;
  /** Its place in the file, from 1. */
  readonly number: number;
  /** Of the machine whose folder it is; empty for a folder of this one. */
  readonly remoteAddress: string;
}

/**
 * Takes one message. Settles when everything is durable, with its acknowledgement, or undefined where none is wanted. A
 * rejection means that nothing is: the file stays, and is taken again. The messages of a file come one after the other.
 */
export type TakeMessage = (message: Uint8Array, origin: FileOrigin) => Promise<Uint8Array | undefined>;

export interface TakingFile {
  readonly store: FileStore;
  readonly link: string;
  readonly take: TakeMessage;
  readonly messageBytesMax: number;
  readonly fileBytesMax: number;
  /** True: a file is one thing to hand over, whatever is in it. */
  hasWholeFiles(): boolean;
  /** True from when the intake is being stopped. */
  isStopping(): boolean;
}

/** What became of a file: all its messages taken, with their answers; or refused as a whole, none of them taken. */
export type TakenFile =
  | { readonly is: "taken"; readonly answers: readonly Uint8Array[] }
  | { readonly is: "refused"; readonly problems: Problems };

/**
 * Checks a file as a whole, then hands over its messages in order. Problems, after which it must be taken again:
 * `intake-stopping`, `file-changed`, `message-not-taken`, and those of the folder.
 */
export async function takeFile(file: FileEntry, taking: TakingFile): Promise<Result<TakenFile>> {
  const { fileBytesMax } = taking;
  if (file.bytes > fileBytesMax) {
    return ok({ is: "refused", problems: [incorrect("file-too-large", `It is larger than ${fileBytesMax} bytes.`)] });
  }
  const checked = await checkFile(file, taking);
  if (!checked.ok) return checked;
  const { problems, held } = checked.value;
  const [first, ...others] = problems;
  if (first !== undefined) return ok({ is: "refused", problems: [first, ...others] });
  const handOver = handingOver(file, taking);
  const done = held === undefined ? await eachMessage(file, taking, handOver.take) : await inOrder(held, handOver.take);
  return done.ok ? ok({ is: "taken", answers: handOver.answers }) : done;
}

interface CheckedFile {
  readonly problems: readonly Problem[];
  /** Its messages, when it is small. */
  readonly held: readonly Uint8Array[] | undefined;
}

async function checkFile(file: FileEntry, taking: TakingFile): Promise<Result<CheckedFile>> {
  const held: Uint8Array[] = [];
  const isHeld = file.bytes <= limits.messageFileHeldBytesMax;
  const read = await eachMessage(file, taking, async (message) => {
    if (isHeld) held.push(message);
    return ok(undefined);
  });
  return read.ok ? ok({ problems: read.value, held: isHeld ? held : undefined }) : read;
}

type Each = (message: Uint8Array) => Promise<Result<unknown>>;

/** Reads a file and gives each message as it is complete; the value is what is wrong with the file. */
async function eachMessage(
  file: FileEntry,
  { store, messageBytesMax, hasWholeFiles }: TakingFile,
  each: Each,
): Promise<Result<readonly Problem[]>> {
  const bounds = { messageBytesMax };
  const messages = hasWholeFiles() ? new WholeFile(bounds) : new MessageFile(bounds);
  let bytesRead = 0;
  const read = await store.read(file.name, async (bytes) => {
    bytesRead += bytes.length;
    return bytesRead > file.bytes ? failed(fileChanged) : inOrder(messages.take(bytes), each);
  });
  if (!read.ok) return failed(...read.problems);
  if (bytesRead !== file.bytes) return failed(fileChanged);
  const last = await inOrder(messages.end(), each);
  return last.ok ? ok(messages.problems) : failed(...last.problems);
}

async function inOrder(messages: readonly Uint8Array[], each: Each): Promise<Result<unknown>> {
  for (const message of messages) {
    const done = await each(message);
    if (!done.ok) return done;
  }
  return ok(undefined);
}

function handingOver(file: FileEntry, { link, store, take, isStopping }: TakingFile) {
  const answers: Uint8Array[] = [];
  let number = 0;
  return {
    answers,
    async take(message: Uint8Array): Promise<Result<unknown>> {
      if (isStopping()) return failed(intakeStopping);
      number += 1;
      try {
        const answer = await take(message, { link, file: file.name, number, remoteAddress: store.remoteAddress });
        if (answer !== undefined) answers.push(answer);
        return ok(undefined);
      } catch (cause) {
        const text = "A message of the file could not be recorded; the file is taken again.";
        return failed({ category: "unavailable", code: "message-not-taken", message: text, cause });
      }
    },
  };
}

const fileChanged: Problem = {
  category: "busy",
  code: "file-changed",
  message: "A file changed while it was read; it is taken again.",
};

const intakeStopping: Problem = {
  category: "unavailable",
  code: "intake-stopping",
  message: "The link is being stopped.",
};
