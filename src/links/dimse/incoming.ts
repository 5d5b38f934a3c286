import { incorrect, type Problem } from "#kernel";
import { type AcceptedContext, type Command, type ReceivedFragment, readCommand } from "#standards/dimse";
import type { PieceQueue } from "./piece-queue.ts";
import type { DimseLimits } from "./settings.ts";

/** Whole messages from fragments. */
export interface IncomingListener {
  /** A message that is there with all its data set, if it has one. */
  message(message: ReceivedMessage): void;
  /** A C-STORE whose data set is still to come: where its bytes go. */
  streamed(message: Omit<ReceivedMessage, "dataSet">): PieceQueue;
  /** The other side sends what makes no sense. */
  fault(problem: Problem): void;
}

export interface ReceivedMessage {
  readonly context: AcceptedContext;
  readonly command: Command;
  /** What the command set lacks. */
  readonly problems: readonly Problem[];
  /** Of a message that has one, unless it was too long to be held. */
  readonly dataSet?: Uint8Array;
  readonly isTooLong?: boolean;
}

/** What one context is in the middle of. */
type Open =
  | { readonly is: "command"; readonly pieces: Uint8Array[]; bytes: number }
  | { readonly is: "held"; readonly message: ReceivedMessage; pieces: Uint8Array[]; bytes: number; isTooLong: boolean }
  | { readonly is: "streamed"; readonly queue: PieceQueue };

/** What a piece costs besides its bytes: data sets in millions of tiny pieces are too long. */
const pieceCost = 64;

/** Puts the messages of an association together, of copies; a stored data set flows through it untouched. Source: PS3.7 §6.3. */
export class Incoming {
  readonly #contexts: ReadonlyMap<number, AcceptedContext>;
  readonly #limits: DimseLimits;
  readonly #listener: IncomingListener;
  readonly #open = new Map<number, Open>();

  constructor(contexts: readonly AcceptedContext[], limits: DimseLimits, listener: IncomingListener) {
    this.#contexts = new Map(contexts.map((context) => [context.id, context]));
    this.#limits = limits;
    this.#listener = listener;
  }

  get isWithin(): boolean {
    return this.#open.size > 0;
  }

  take(fragment: ReceivedFragment): void {
    const context = this.#contexts.get(fragment.contextId);
    const open = context && this.#open.get(context.id);
    if (context === undefined) this.#fault("It sends in a presentation context that was not accepted.");
    else if (fragment.isCommand) {
      if (open === undefined || open.is === "command") this.#command(context, open, fragment);
      else this.#fault("It sends a command in a data set.");
    } else if (open === undefined || open.is === "command") this.#fault("It sends a data set without a command.");
    else if (open.is === "streamed") this.#stream(context, open.queue, fragment);
    else this.#hold(context, open, fragment);
  }

  /** The association is over: what is open will not be whole. */
  break(problem: Problem): void {
    for (const open of this.#open.values()) if (open.is === "streamed") open.queue.break(problem);
    this.#open.clear();
  }

  #stream(context: AcceptedContext, queue: PieceQueue, { bytes, isEnd }: ReceivedFragment): void {
    if (isEnd) this.#open.delete(context.id);
    queue.push(bytes, isEnd);
  }

  #command(
    context: AcceptedContext,
    before: Extract<Open, { is: "command" }> | undefined,
    fragment: ReceivedFragment,
  ): void {
    const open = before ?? { is: "command", pieces: [], bytes: 0 };
    open.pieces.push(new Uint8Array(fragment.bytes));
    open.bytes += fragment.bytes.length + pieceCost;
    if (!fragment.isEnd) this.#open.set(context.id, open);
    else this.#open.delete(context.id);
    if (open.bytes > this.#limits.dimseCommandBytesMax) this.#fault("Its command set is too long.");
    else if (fragment.isEnd) this.#commanded(context, open.pieces);
  }

  #commanded(context: AcceptedContext, pieces: readonly Uint8Array[]): void {
    const { command, problems } = readCommand(whole(pieces));
    if (command !== undefined) this.#begin({ context, command, problems });
    else for (const problem of problems) this.#listener.fault(problem);
  }

  #begin(message: ReceivedMessage): void {
    const { context, command } = message;
    if (!command.hasDataSet) this.#listener.message(message);
    else if (command.name === "C-STORE-RQ") {
      this.#open.set(context.id, { is: "streamed", queue: this.#listener.streamed(message) });
    } else this.#open.set(context.id, { is: "held", message, pieces: [], bytes: 0, isTooLong: false });
  }

  #hold(context: AcceptedContext, open: Extract<Open, { is: "held" }>, { bytes, isEnd }: ReceivedFragment): void {
    open.bytes += bytes.length + pieceCost;
    if (open.bytes > this.#limits.dimseIdentifierBytesMax) {
      open.isTooLong = true;
      open.pieces = [];
    }
    if (!open.isTooLong) open.pieces.push(new Uint8Array(bytes));
    if (!isEnd) return;
    this.#open.delete(context.id);
    const rest = open.isTooLong ? { isTooLong: true } : { dataSet: whole(open.pieces) };
    this.#listener.message({ ...open.message, ...rest });
  }

  #fault(message: string): void {
    this.#listener.fault(incorrect("dimse-message-invalid", message));
  }
}

function whole(pieces: readonly Uint8Array[]): Uint8Array {
  const [only] = pieces;
  return pieces.length === 1 && only !== undefined ? only : Buffer.concat(pieces);
}
