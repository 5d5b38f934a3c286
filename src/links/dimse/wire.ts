import type { Socket } from "node:net";
import { incorrect, type Problem, unavailable } from "#kernel";
import {
  type AssociateAccept,
  type AssociateRequest,
  abortReasons,
  abortSources,
  abortText,
  type Effect,
  type Event,
  type Pdu,
  type PduEvent,
  PduFramer,
  type ReceivedFragment,
  type Rejection,
  type State,
  stepAssociation,
  writePdu,
} from "#standards/dimse";
import type { PieceMemory } from "./piece-queue.ts";
import { ReadBuffers, readInto } from "./read-buffers.ts";
import { ReadingPace } from "./reading-pace.ts";
import type { DimseLimits } from "./settings.ts";

/** What a wire tells. Of `ended` it does so once, whatever ends it. */
export interface WireListener {
  asked(request: AssociateRequest): void;
  accepted(accept: AssociateAccept): void;
  rejected(rejection: Rejection): void;
  fragment(fragment: ReceivedFragment): void;
  releaseAsked(): void;
  /** `undefined` after a release that both agreed to. */
  ended(problem: Problem | undefined): void;
  /** Nothing has moved for so long. */
  quiet(forMs: number): void;
}

export interface WireSettings {
  readonly isRequester: boolean;
  /** Of a P-DATA-TF that may come. */
  readonly pduBytes: number;
  readonly limits: DimseLimits;
}

/** Who closes, and in what words. */
interface Abort {
  readonly source: number;
  readonly reason: number;
}

/** A connection as the state table sees it: PDUs in and out, the ARTIM timer, the end. Source: PS3.8 §9.2. */
export class Wire {
  /** Where what came stands. */
  readonly memory: PieceMemory;
  readonly #socket: Socket;
  readonly #settings: WireSettings;
  readonly #listener: WireListener;
  readonly #framer: PduFramer;
  readonly #pace: ReadingPace;
  #state: State;
  #artim: NodeJS.Timeout | undefined;
  #isTold = false;
  #isMidDataSet = false;
  #lastMovedMs = performance.now();
  #abort: Abort = { source: abortSources.provider, reason: abortReasons.notSpecified };
  #bytesReceived = 0;

  constructor(given: Socket, settings: WireSettings, listener: WireListener) {
    const { socket, memory } = this.#reading(given, settings);
    this.#socket = socket;
    this.memory = memory;
    this.#settings = settings;
    this.#listener = listener;
    this.#state = settings.isRequester ? "Sta4" : "Sta1";
    const { dimseAssociatePduBytesMax: otherPduBytes, dimseSilenceTimeoutMs } = settings.limits;
    this.#framer = new PduFramer({ dataPduBytes: settings.pduBytes, otherPduBytes });
    this.#pace = new ReadingPace(socket);
    socket.on("error", () => {}); // "close" follows, and is what counts
    socket.on("close", () => this.step("Evt17"));
    socket.on("timeout", () => this.#quiet());
    socket.setTimeout(dimseSilenceTimeoutMs);
    if (!settings.isRequester) this.step("Evt5");
  }

  /** One that was accepted is read into memory that is used again; the pieces of any other are its own. */
  #reading(given: Socket, { isRequester, limits }: WireSettings): { socket: Socket; memory: PieceMemory } {
    if (!isRequester) {
      const buffers = new ReadBuffers(limits);
      const own = readInto(given, buffers, (bytes) => this.#take(bytes));
      if (own !== undefined) return { socket: own.once("close", () => buffers.close()), memory: buffers };
    }
    return {
      socket: given.on("data", (bytes: Buffer) => this.#take(bytes)),
      memory: { keep: () => {}, free: () => {} },
    };
  }

  /** The connection itself, for whoever waits for its end. */
  get socket(): Socket {
    return this.#socket;
  }

  get state(): State {
    return this.#state;
  }

  get bytesReceived(): number {
    return this.#bytesReceived;
  }

  /** See `OpenAssociation.senderStalls`. */
  get stalls(): number {
    return this.#pace.stalls;
  }

  /** Whether data may be sent. */
  get maySend(): boolean {
    return this.#state === "Sta6" || this.#state === "Sta8";
  }

  /** Whether the other side is in the middle of something. */
  get isWithin(): boolean {
    return this.#framer.isWithin;
  }

  /** Whether this side does not read. */
  get isHeld(): boolean {
    return this.#pace.isHeld;
  }

  /** Reads no further until `read` is called. */
  hold(): void {
    this.#pace.hold();
  }

  read(): void {
    this.#pace.read();
  }

  /** Bytes of P-DATA-TF, in one go. Whether the other side takes them as fast; else wait for `drained`. */
  send(parts: readonly Uint8Array[]): boolean {
    if (!this.maySend) return true;
    const [only] = parts;
    if (parts.length === 1 && only !== undefined) return this.#socket.write(only);
    this.#socket.cork();
    let isTaken = true;
    for (const part of parts) isTaken = this.#socket.write(part);
    this.#socket.uncork();
    return isTaken;
  }

  /** Settles when what was sent is gone, or the connection is. One that takes nothing for `dimseSendTimeoutMs` is cut. */
  drained(): Promise<void> {
    if (!this.#socket.writableNeedDrain) return Promise.resolve();
    return new Promise((resolve) => {
      const settle = () => {
        clearTimeout(patience);
        this.#socket.off("drain", settle).off("close", settle);
        resolve();
      };
      const patience = setTimeout(() => this.#socket.destroy(), this.#settings.limits.dimseSendTimeoutMs);
      this.#socket.on("drain", settle).on("close", settle);
    });
  }

  /** Something that this side wants, or that came. What cannot come to pass in this state is passed over. */
  step(event: Event, about: { readonly pdu?: Pdu; readonly abort?: Abort } = {}): void {
    const step = stepAssociation(this.#state, event, this.#settings);
    if (step === undefined) return;
    if (about.abort !== undefined) this.#abort = about.abort;
    else if (event !== "Evt15") this.#abort = abortFor(event);
    this.#state = step.next;
    for (const effect of step.effects) this.#perform(effect, about.pdu);
  }

  /** Ends at once, with a word to the other side where there is still time for it. */
  abort(): void {
    this.step("Evt15");
    if (this.#state !== "Sta13") this.#socket.destroy();
  }

  /** Without a word. */
  cut(): void {
    this.#socket.destroy();
  }

  #take(bytes: Uint8Array): void {
    this.#lastMovedMs = performance.now();
    this.#bytesReceived += bytes.length;
    this.#pace.came({ isMidDataSet: this.#isMidDataSet, atMs: this.#lastMovedMs });
    for (const event of this.#framer.take(bytes)) this.#heard(event);
  }

  #heard(event: PduEvent): void {
    switch (event.is) {
      case "fragment":
        // DT-2, without asking the table for each of thousands.
        this.#isMidDataSet = !event.isCommand && !event.isEnd;
        if (this.#state === "Sta6") this.#listener.fragment(event);
        else if (this.#state === "Sta7") this.#listener.fragment(event);
        else this.step("Evt10");
        return;
      case "pdu":
        this.step(eventOf(event.pdu), { pdu: event.pdu });
        return;
      case "fault":
        this.step("Evt19", { abort: { source: abortSources.provider, reason: faultReason(event.problem) } });
    }
  }

  #perform(effect: Effect, pdu: Pdu | undefined): void {
    switch (effect) {
      case "connect":
      case "send-data":
      case "tell-data":
        return;
      case "send-associate-rq":
      case "send-associate-ac":
      case "send-associate-rj":
        if (pdu !== undefined) this.#socket.write(writePdu(pdu));
        return;
      case "send-release-rq":
        this.#socket.write(writePdu({ is: "release-rq" }));
        return;
      case "send-release-rp":
        this.#socket.write(writePdu({ is: "release-rp" }));
        return;
      case "send-abort-of-user":
        this.#socket.write(writePdu({ is: "abort", source: abortSources.user, reason: abortReasons.notSpecified }));
        this.#end(unavailable("dimse-association-ended", "The association was aborted by Corridor."));
        return;
      case "send-abort-of-provider":
        this.#socket.write(writePdu({ is: "abort", ...this.#abort }));
        return;
      default:
        this.#tell(effect, pdu);
    }
  }

  #tell(effect: Effect, pdu: Pdu | undefined): void {
    switch (effect) {
      case "tell-asked":
        if (pdu?.is === "associate-rq") this.#listener.asked(pdu);
        return;
      case "tell-accepted":
        if (pdu?.is === "associate-ac") this.#listener.accepted(pdu);
        return;
      case "tell-rejected":
        if (pdu?.is === "associate-rj") this.#listener.rejected(pdu);
        return;
      case "tell-release-asked":
        this.#listener.releaseAsked();
        return;
      case "tell-released":
        this.#end(undefined);
        return;
      case "tell-aborted":
        this.#end(abortProblem(pdu));
        return;
      case "tell-connection-lost":
        this.#end(
          unavailable("dimse-association-ended", "The connection was closed in the middle of the association."),
        );
        return;
      default:
        this.#close(effect);
    }
  }

  #close(effect: Effect): void {
    clearTimeout(this.#artim);
    // Whoever waits for the end must notice it.
    if (this.#state === "Sta13" || effect === "close") this.#pace.readAll();
    if (effect === "start-artim") {
      this.#artim = setTimeout(() => this.step("Evt18"), this.#settings.limits.dimseArtimMs);
    } else if (effect === "close") {
      this.#socket.destroySoon();
    }
  }

  #end(problem: Problem | undefined): void {
    if (this.#isTold) return;
    this.#isTold = true;
    this.#listener.ended(problem);
  }

  #quiet(): void {
    this.#listener.quiet(performance.now() - this.#lastMovedMs);
    this.#socket.setTimeout(this.#settings.limits.dimseSilenceTimeoutMs);
  }
}

function eventOf(pdu: Pdu): Event {
  switch (pdu.is) {
    case "associate-rq":
      return "Evt6";
    case "associate-ac":
      return "Evt3";
    case "associate-rj":
      return "Evt4";
    case "release-rq":
      return "Evt12";
    case "release-rp":
      return "Evt13";
    case "abort":
      return "Evt16";
  }
}

function abortFor(event: Event): Abort {
  const reason = event === "Evt19" ? abortReasons.unrecognizedPdu : abortReasons.unexpectedPdu;
  return { source: abortSources.provider, reason };
}

function faultReason({ code }: Problem): number {
  return code === "dimse-pdu-unrecognised" ? abortReasons.unrecognizedPdu : abortReasons.invalidParameter;
}

function abortProblem(pdu: Pdu | undefined): Problem {
  if (pdu?.is === "abort")
    return unavailable("dimse-association-ended", `The other side aborted the association, ${abortText(pdu)}.`);
  return incorrect(
    "dimse-association-ended",
    "The other side sent what may not be sent, and the association was aborted.",
  );
}
