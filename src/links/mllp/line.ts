import { connect, type Socket } from "node:net";
import { failed, ok, type Problem, type Result, unavailable } from "#kernel";
import { awaitsCr, type FrameState, type FrameStep, noFrames, settleFrames, splitFrames } from "#standards/hl7v2";

export interface LineSettings {
  readonly host: string;
  readonly port: number;
  readonly connectTimeoutMs: number;
  readonly ackTimeoutMs: number;
  readonly frameBytesMax: number;
  /** How long an answer may lack the CR at its end. */
  readonly settleMs: number;
}

/**
 * One connection to a receiver, which is asked one thing at a time. It closes itself as soon as an answer could be
 * taken for that of another message: when none comes in time, and when bytes come that nobody asked for.
 */
export class Line {
  readonly #socket: Socket;
  readonly #settings: LineSettings;
  #frames: FrameState = noFrames;
  #quiet: NodeJS.Timeout | undefined;
  #asked: ((result: Result<Uint8Array>) => void) | undefined;

  private constructor(socket: Socket, settings: LineSettings) {
    this.#socket = socket;
    this.#settings = settings;
    socket.on("data", (bytes) => this.#take(splitFrames(this.#frames, bytes, settings)));
    socket.on("error", () => {}); // "close" follows, and is what counts
    socket.on("close", () => this.#settle(failed(lost())));
  }

  /** Problems: `not-connected`. */
  static open(settings: LineSettings): Promise<Result<Line>> {
    const { host, port, connectTimeoutMs } = settings;
    const socket = connect({ host, port, noDelay: true, keepAlive: true });
    return new Promise((resolve) => {
      const giveUp = (cause?: Error) => {
        socket.destroy();
        const text = `There is no connection to ${host}:${port}.`;
        resolve(failed(unavailable("not-connected", text, { cause })));
      };
      const patience = setTimeout(giveUp, connectTimeoutMs);
      socket.once("error", giveUp);
      socket.once("close", () => clearTimeout(patience));
      socket.once("connect", () => {
        clearTimeout(patience);
        socket.off("error", giveUp);
        resolve(ok(new Line(socket, settings)));
      });
    });
  }

  get isOpen(): boolean {
    return this.#socket.writable && this.#socket.readable;
  }

  /** The content of the answer to a frame. Problems: `no-answer`, `connection-lost`: the message may have arrived. */
  ask(frame: Uint8Array): Promise<Result<Uint8Array>> {
    if (!this.isOpen) return Promise.resolve(failed(lost()));
    return new Promise((resolve) => {
      const { ackTimeoutMs } = this.#settings;
      const patience = setTimeout(() => {
        this.#settle(failed(unavailable("no-answer", `No acknowledgement came within ${ackTimeoutMs} ms.`)));
        this.close();
      }, ackTimeoutMs);
      this.#asked = (result) => {
        clearTimeout(patience);
        resolve(result);
      };
      this.#socket.write(frame);
    });
  }

  close(): void {
    clearTimeout(this.#quiet);
    this.#socket.destroy();
  }

  #take({ state, frames, problems }: FrameStep): void {
    clearTimeout(this.#quiet);
    this.#frames = state;
    const wasAsked = this.#asked !== undefined;
    const [answer, ...more] = frames;
    if (answer !== undefined) this.#settle(ok(answer));
    const isWaiting = wasAsked && answer === undefined;
    const isUnasked =
      more.length > 0 || (answer !== undefined && !wasAsked) || (!isWaiting && state.phase !== "between");
    if (isUnasked || problems.some(({ code }) => code === "frame-too-large")) this.close();
    else if (awaitsCr(state)) {
      this.#quiet = setTimeout(() => this.#take(settleFrames(this.#frames)), this.#settings.settleMs);
    }
  }

  #settle(result: Result<Uint8Array>): void {
    clearTimeout(this.#quiet);
    const asked = this.#asked;
    this.#asked = undefined;
    asked?.(result);
  }
}

function lost(): Problem {
  return unavailable("connection-lost", "The connection closed before the acknowledgement came.");
}
