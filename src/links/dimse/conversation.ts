import { incorrect, type Problem, unavailable } from "#kernel";
import type { AcceptedContext, Agreement, Command, CommandName, ReceivedFragment } from "#standards/dimse";
import { Incoming, type ReceivedMessage } from "./incoming.ts";
import type { Message } from "./message.ts";
import { MessageSender, type StreamedMessage } from "./message-sender.ts";
import { PieceQueue } from "./piece-queue.ts";
import type { DimseLimits } from "./settings.ts";
import type { Wire } from "./wire.ts";

export interface ConversationSettings {
  readonly wire: Wire;
  readonly agreement: Agreement;
  readonly limits: DimseLimits;
  readonly isRequester: boolean;
  /** How long an answer may take. */
  readonly answerTimeoutMs: number;
  /** Does what is asked, and settles when it is answered. Never rejects. */
  perform(asked: Asked): Promise<void>;
}

/** A request that came. */
export interface Asked extends ReceivedMessage {
  /** Where the bytes of a C-STORE come from. */
  readonly queue?: PieceQueue;
  /** Aborts when it is cancelled, and when the association ends. */
  readonly signal: AbortSignal;
  /** Whether the requester is there and did not cancel. */
  isWanted(): boolean;
}

/** What comes back on a request. */
export interface Answer {
  readonly command: Command;
  readonly dataSet?: Uint8Array;
}

interface Waiting {
  readonly take: (answer: Answer) => void;
  readonly break: (problem: Problem) => void;
}

export interface Invocation {
  readonly messageId: number;
  readonly send: Promise<unknown>;
}

/** Messages of an established association, in both directions at once. Source: PS3.7 §8. */
export class Conversation {
  readonly #settings: ConversationSettings;
  readonly #incoming: Incoming;
  readonly #sender: MessageSender;
  /** Requests of the other side that are under way, by message id. */
  readonly #performed = new Map<number, AbortController>();
  /** Requests that wait until there is room among those. */
  readonly #queued: (() => void)[] = [];
  readonly #invoked = new Map<number, Waiting>();
  /** Who waits until an operation may be invoked. */
  readonly #patient: (() => void)[] = [];
  #lastMessageId = 0;
  #ended: Problem | undefined;
  readonly #idle: (() => void)[] = [];
  instancesReceived = 0;
  instancesSent = 0;

  constructor(settings: ConversationSettings) {
    this.#settings = settings;
    const { agreement, limits, wire } = settings;
    const theirs = agreement.pduBytes === 0 ? limits.dimsePduSentBytesMax : agreement.pduBytes;
    this.#sender = new MessageSender(wire, Math.min(theirs, limits.dimsePduSentBytesMax));
    this.#incoming = new Incoming(agreement.contexts, limits, {
      message: (message) => this.#heard(message),
      streamed: (message) => this.#streamed(message),
      fault: () => wire.abort(),
    });
  }

  get agreement(): Agreement {
    return this.#settings.agreement;
  }

  get isOpen(): boolean {
    return this.#ended === undefined && this.#settings.wire.maySend;
  }

  get underWay(): number {
    return this.#performed.size + this.#invoked.size;
  }

  /** Whether the other side owes the rest of a message. */
  get isWithin(): boolean {
    return this.#incoming.isWithin || this.#settings.wire.isWithin;
  }

  fragment(fragment: ReceivedFragment): void {
    this.#incoming.take(fragment);
  }

  end(problem: Problem | undefined): void {
    if (this.#ended !== undefined) return;
    const why = problem ?? unavailable("dimse-association-ended", "The association was released.");
    this.#ended = why;
    this.#incoming.break(why);
    for (const controller of this.#performed.values()) controller.abort();
    for (const waiting of [...this.#invoked.values()]) waiting.break(why);
    for (const go of this.#patient.splice(0)) go();
    for (const go of this.#queued.splice(0)) go();
    for (const tell of this.#idle.splice(0)) tell();
  }

  /** Reads no further until `read` is called. */
  hold(): void {
    this.#settings.wire.hold();
  }

  read(): void {
    this.#settings.wire.read();
  }

  /** Settles when nothing of the other side is under way, or can be answered any more. */
  async settled(): Promise<void> {
    if (this.#performed.size > 0 && this.#ended === undefined)
      await new Promise<void>((resolve) => this.#idle.push(resolve));
  }

  send(...messages: readonly Message[]): Promise<void> {
    return this.isOpen ? this.#sender.send(...messages) : Promise.resolve();
  }

  /** Asks, and gives every answer until `take` says it was the last. */
  async invoke(wanted: Wanted): Promise<Problem | undefined> {
    await this.#turn();
    if (!this.isOpen) return this.#ended ?? unavailable("dimse-association-ended", "The association is not open.");
    const messageId = this.#nextMessageId();
    return new Promise((resolve) => {
      let patience: NodeJS.Timeout | undefined;
      const finish = (problem: Problem | undefined) => {
        clearTimeout(patience);
        this.#invoked.delete(messageId);
        this.#patient.shift()?.();
        resolve(problem);
      };
      const renew = () => {
        clearTimeout(patience);
        patience = setTimeout(() => {
          finish(unavailable("dimse-no-answer", `There was no answer within ${this.#settings.answerTimeoutMs} ms.`));
          this.#settings.wire.abort();
        }, this.#settings.answerTimeoutMs);
      };
      this.#invoked.set(messageId, {
        take: (answer) => {
          if (wanted.take(answer) === "last") finish(undefined);
          else renew();
        },
        break: finish,
      });
      renew();
      const sent = this.#ask(wanted, messageId);
      sent.then(
        renewIfOpen(renew, () => this.#invoked.has(messageId)),
        () => {
          // Half a data set was sent: nothing that follows would be understood.
          this.#settings.wire.abort();
          finish(unavailable("dimse-data-set-unreadable", "The data set could not be read to its end."));
        },
      );
    });
  }

  /** Asks the other side to end what it does on a request. */
  cancel(context: AcceptedContext, messageId: number): void {
    if (this.#invoked.has(messageId))
      void this.send({ context, command: { name: "C-CANCEL-RQ", respondedTo: messageId } });
  }

  #ask({ context, command, dataSet, streamed, begun }: Wanted, messageId: number): Promise<void> {
    begun?.(messageId);
    const numbered = { ...command, messageId };
    if (streamed === undefined) return this.send({ context, command: numbered, ...(dataSet && { dataSet }) });
    return this.#sender.stream({ context, command: numbered, dataSet: streamed }).then(() => {
      this.instancesSent += 1;
    });
  }

  async #turn(): Promise<void> {
    const { agreement, isRequester, limits } = this.#settings;
    const agreed = isRequester ? agreement.window.invoked : agreement.window.performed;
    const max = agreed === 0 ? limits.dimseOperationsMax : agreed;
    while (this.#invoked.size >= max && this.#ended === undefined) {
      await new Promise<void>((resolve) => this.#patient.push(resolve));
    }
  }

  #nextMessageId(): number {
    do this.#lastMessageId = (this.#lastMessageId % 0xffff) + 1;
    while (this.#invoked.has(this.#lastMessageId));
    return this.#lastMessageId;
  }

  #heard(message: ReceivedMessage): void {
    const { name, respondedTo } = message.command;
    if (name === "C-CANCEL-RQ") this.#performed.get(respondedTo ?? -1)?.abort();
    else if (isRequest(name)) this.#begin(message);
    else this.#answered(message);
  }

  #answered({ command, dataSet }: ReceivedMessage): void {
    // An answer to what was given up, or never asked, is nobody's.
    this.#invoked.get(command.respondedTo ?? -1)?.take({ command, ...(dataSet && { dataSet }) });
  }

  #streamed(message: ReceivedMessage): PieceQueue {
    const { wire, limits } = this.#settings;
    const queue = new PieceQueue({ limits, memory: wire.memory, full: () => wire.hold(), drained: () => wire.read() });
    this.instancesReceived += 1;
    this.#begin(message, queue);
    return queue;
  }

  /** At once, or when there is room; until then nothing further is read. */
  #begin(message: ReceivedMessage, queue?: PieceQueue): void {
    const { agreement, isRequester, limits, wire } = this.#settings;
    const agreed = isRequester ? agreement.window.performed : agreement.window.invoked;
    const max = Math.min(agreed === 0 ? limits.dimseOperationsMax : agreed, limits.dimseOperationsMax);
    const { messageId } = message.command;
    if (messageId === undefined || this.#performed.has(messageId)) {
      wire.abort();
      return;
    }
    const controller = new AbortController();
    const go = () => {
      const isWanted = () => !controller.signal.aborted && this.isOpen;
      const asked = { ...message, signal: controller.signal, isWanted, ...(queue && { queue }) };
      void this.#settings.perform(asked).finally(() => this.#done(messageId));
    };
    this.#performed.set(messageId, controller);
    if (this.#performed.size <= max) go();
    else {
      wire.hold();
      this.#queued.push(() => {
        wire.read();
        go();
      });
    }
  }

  #done(messageId: number): void {
    this.#performed.delete(messageId);
    this.#queued.shift()?.();
    if (this.#performed.size === 0) for (const tell of this.#idle.splice(0)) tell();
  }
}

/** What is asked of the other side. */
export interface Wanted {
  readonly context: AcceptedContext;
  readonly command: Omit<Command, "hasDataSet" | "messageId">;
  readonly dataSet?: Uint8Array;
  readonly streamed?: StreamedMessage["dataSet"];
  /** Under this number. */
  readonly begun?: (messageId: number) => void;
  readonly take: (answer: Answer) => "last" | "more";
}

function isRequest(name: CommandName): boolean {
  return name.endsWith("-RQ");
}

/** What is sent slowly takes its time before an answer is waited for. */
function renewIfOpen(renew: () => void, isOpen: () => boolean): () => void {
  return () => {
    if (isOpen()) renew();
  };
}

/** The context that something may be asked in. */
export function contextFor(
  contexts: readonly AcceptedContext[],
  { sopClass, transferSyntax }: { readonly sopClass: string; readonly transferSyntax?: string },
  may: "maySend" | "any" = "maySend",
): AcceptedContext | Problem {
  const found = contexts.find(
    (context) =>
      context.sopClass === sopClass &&
      (transferSyntax === undefined || context.transferSyntax === transferSyntax) &&
      (may === "any" || context.maySend),
  );
  return found ?? incorrect("dimse-no-context", "The other side did not agree to this SOP class and transfer syntax.");
}
