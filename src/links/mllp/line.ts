import { connect, type Socket } from "node:net";
import { type ConnectionOptions, connect as connectSecurely } from "node:tls";
import { failed, ok, type Result, unavailable } from "#kernel";
import { isLinkLocal, lookUpOutside } from "#links/addresses";
import { type ClientTlsFiles, readClientTls } from "#links/tls";
import {
  awaitsCr,
  closeFrames,
  type FrameState,
  type FrameStep,
  noFrames,
  settleFrames,
  splitFrames,
} from "#standards/hl7v2";

export interface LineSettings {
  readonly host: string;
  readonly port: number;
  readonly tls?: ClientTlsFiles;
  readonly connectTimeoutMs: number;
  readonly frameBytesMax: number;
  /** How long an answer may lack the CR at its end. */
  readonly settleMs: number;
  /** Something came that nobody asked for; the line closes itself. */
  unasked(answer: Uint8Array): void;
}

/** One frame sent, and what is expected back. */
export interface Question {
  readonly frame: Uint8Array;
  readonly answerWithinMs: number;
  readonly signal: AbortSignal;
  /** Judges an answer: the last one, one of several, or none to this question, which closes the line. */
  take(answer: Uint8Array): "done" | "more" | "stray";
  /** Whether it is agreed that no answer, or no further one, is an answer too. */
  isSilenceFine(): boolean;
}

/**
 * How a question ends: answered; unanswered in time, as agreed or not; an answer that is none to it; the connection gone;
 * given up by the caller. From the third on the line is closed, so that what still comes is never taken for something else.
 */
export type LineEnd = "done" | "silent-as-agreed" | "silent" | "stray" | "lost" | "aborted";

/** A peer that vanished without a word is noticed after about this long and the system's probes. */
const keepAliveInitialDelay = 30_000;

/** One connection to a receiver, which is asked one thing at a time. */
export class Line {
  readonly openedAtMs = Date.now();
  readonly #socket: Socket;
  readonly #settings: LineSettings;
  #frames: FrameState = noFrames;
  #quiet: NodeJS.Timeout | undefined;
  #question: { readonly take: Question["take"]; readonly end: (end: LineEnd) => void; renew(): void } | undefined;

  private constructor(socket: Socket, settings: LineSettings) {
    this.#socket = socket;
    this.#settings = settings;
    socket.on("data", (bytes) => this.#take(splitFrames(this.#frames, bytes, settings)));
    socket.on("end", () => this.#take(closeFrames(this.#frames)));
    socket.on("error", () => {}); // "close" follows, and is what counts
    socket.on("close", () => this.#end("lost"));
  }

  /** Problems: `not-connected`, and those of `readServerTls`. */
  static async open(settings: LineSettings): Promise<Result<Line>> {
    const { host, port, tls } = settings;
    if (isLinkLocal(host)) return failed(unavailable("not-connected", `Nothing is sent to ${host}: it is link-local.`));
    const options = { host, port, noDelay: true, keepAlive: true, keepAliveInitialDelay, lookup: lookUpOutside };
    if (tls === undefined) return Line.#connected(connect(options), "connect", settings);
    const context = await readClientTls(tls);
    if (!context.ok) return context;
    const { serverName } = tls;
    const secured: ConnectionOptions = { ...options, ...context.value, ...(serverName && { servername: serverName }) };
    return Line.#connected(connectSecurely(secured), "secureConnect", settings);
  }

  static #connected(socket: Socket, event: "connect" | "secureConnect", settings: LineSettings): Promise<Result<Line>> {
    const { host, port, connectTimeoutMs } = settings;
    return new Promise((resolve) => {
      const giveUp = (cause?: NodeJS.ErrnoException) => {
        socket.destroy();
        const reason = cause === undefined ? ` within ${connectTimeoutMs} ms` : cause.code && ` (${cause.code})`;
        resolve(failed(unavailable("not-connected", `There is no connection to ${host}:${port}${reason}.`, { cause })));
      };
      const patience = setTimeout(giveUp, connectTimeoutMs);
      socket.on("error", giveUp);
      socket.once("close", () => clearTimeout(patience));
      socket.once(event, () => {
        clearTimeout(patience);
        socket.off("error", giveUp);
        socket.setNoDelay(true);
        resolve(ok(new Line(socket, settings)));
      });
    });
  }

  get isOpen(): boolean {
    return this.#socket.writable && this.#socket.readable;
  }

  /** Sends a frame and waits for its answers. Never rejects. */
  ask({ frame, answerWithinMs, signal, take, isSilenceFine }: Question): Promise<LineEnd> {
    if (!this.isOpen) return Promise.resolve("lost");
    return new Promise((resolve) => {
      const abort = () => this.#end("aborted");
      let patience: NodeJS.Timeout | undefined;
      this.#question = {
        take,
        end(end) {
          clearTimeout(patience);
          signal.removeEventListener("abort", abort);
          resolve(end);
        },
        renew: () => {
          clearTimeout(patience);
          patience = setTimeout(() => this.#end(isSilenceFine() ? "silent-as-agreed" : "silent"), answerWithinMs);
        },
      };
      signal.addEventListener("abort", abort);
      this.#question.renew();
      this.#socket.write(frame);
    });
  }

  /** Sends a frame that nobody answers. Whether it left. */
  tell(frame: Uint8Array): Promise<boolean> {
    return new Promise((resolve) => {
      if (this.isOpen) this.#socket.write(frame, (error) => resolve(error === null || error === undefined));
      else resolve(false);
    });
  }

  close(): void {
    clearTimeout(this.#quiet);
    this.#socket.destroy();
  }

  #take({ state, frames, problems }: FrameStep): void {
    clearTimeout(this.#quiet);
    this.#frames = state;
    for (const frame of frames) this.#answer(frame);
    const isUnasked = this.#question === undefined && state.phase !== "between";
    if (isUnasked || problems.some(({ code }) => code === "frame-too-large")) this.#end("stray");
    else if (awaitsCr(state)) {
      this.#quiet = setTimeout(() => this.#take(settleFrames(this.#frames)), this.#settings.settleMs);
    }
  }

  #answer(content: Uint8Array): void {
    const question = this.#question;
    if (question === undefined) {
      this.#settings.unasked(content);
      this.close();
      return;
    }
    const verdict = question.take(content);
    if (verdict === "more") question.renew();
    else this.#end(verdict);
  }

  #end(end: LineEnd): void {
    clearTimeout(this.#quiet);
    const question = this.#question;
    this.#question = undefined;
    if (end !== "done" && end !== "silent-as-agreed") this.close();
    question?.end(end);
  }
}
