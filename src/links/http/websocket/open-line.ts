import type { Duplex } from "node:stream";
import type { TextLine, TextReceiver } from "#kernel";
import { type Frame, readFrames, writeFrame } from "./frames.ts";

export interface LineLimits {
  readonly webSocketMessageBytesMax: number;
  readonly webSocketSilenceMs: number;
  readonly webSocketSendMs: number;
}

/** Source: RFC 6455 §7.4.1: all was said, going away, a breach of the protocol, not a text, against the rules, too large. */
type CloseCode = 1000 | 1001 | 1002 | 1003 | 1007 | 1008 | 1009;

/** An open WebSocket. It asks a silent client for a sign of life, and closes when none comes. */
export class OpenLine implements TextLine {
  readonly #socket: Duplex;
  readonly #limits: LineLimits;
  readonly #timer: NodeJS.Timeout;
  #receiver: TextReceiver | undefined;
  #rest: Uint8Array = new Uint8Array(0);
  #parts: Uint8Array[] = [];
  #isInText = false;
  #isAsked = false;
  #isClosing = false;

  constructor(socket: Duplex, limits: LineLimits) {
    this.#socket = socket;
    this.#limits = limits;
    this.#timer = setInterval(() => this.#askForLife(), limits.webSocketSilenceMs);
    socket.on("error", () => {}); // "close" follows, and is what counts
    socket.on("close", () => this.#gone());
  }

  /** Starts to listen; what came before is kept until then. */
  listen(receiver: TextReceiver, head: Uint8Array): void {
    this.#receiver = receiver;
    if (head.length > 0) this.#take(head);
    this.#socket.on("data", (bytes: Buffer) => this.#take(bytes));
    this.#socket.on("end", () => this.#socket.end());
  }

  send(text: string): Promise<boolean> {
    if (this.#isClosing || !this.#socket.writable) return Promise.resolve(false);
    return new Promise((resolve) => {
      const patience = setTimeout(() => this.#socket.destroy(), this.#limits.webSocketSendMs);
      const settle = (isTaken: boolean) => {
        clearTimeout(patience);
        this.#socket.off("close", lost);
        resolve(isTaken);
      };
      const lost = () => settle(false);
      this.#socket.once("close", lost);
      this.#socket.write(writeFrame("text", Buffer.from(text)), (error) => settle(!error));
    });
  }

  close(reason: string): void {
    this.#end(reason === "stopping" ? 1001 : 1008, reason);
  }

  #take(bytes: Uint8Array): void {
    this.#isAsked = false;
    const { webSocketMessageBytesMax } = this.#limits;
    const { frames, rest, fault } = readFrames(Buffer.concat([this.#rest, bytes]), webSocketMessageBytesMax);
    this.#rest = rest;
    for (const frame of frames) if (!this.#isClosing) this.#handle(frame);
    if (fault !== undefined) this.#end(fault, "");
  }

  #handle({ opcode, isLast, payload }: Frame): void {
    switch (opcode) {
      case "ping":
        this.#socket.write(writeFrame("pong", payload));
        return;
      case "pong":
        return;
      case "close":
        this.#end(1000, "");
        return;
      case "binary":
        this.#end(1003, "");
        return;
      case "text":
      case "continuation":
        // The first piece is a text, and only those behind it go on.
        if ((opcode === "text") === this.#isInText) this.#end(1002, "");
        else this.#piece(payload, isLast);
    }
  }

  #piece(payload: Uint8Array, isLast: boolean): void {
    this.#parts.push(payload);
    this.#isInText = !isLast;
    const bytes = Buffer.concat(this.#parts);
    if (bytes.length > this.#limits.webSocketMessageBytesMax) this.#end(1009, "");
    else if (isLast) this.#told(bytes);
  }

  #told(bytes: Uint8Array): void {
    this.#parts = [];
    const text = textOf(bytes);
    if (text === undefined) this.#end(1007, "");
    else this.#receiver?.text(text);
  }

  #askForLife(): void {
    if (this.#isAsked) return void this.#socket.destroy();
    this.#isAsked = true;
    if (this.#socket.writable) this.#socket.write(writeFrame("ping", new Uint8Array(0)));
  }

  #end(code: CloseCode, reason: string): void {
    if (this.#isClosing) return;
    this.#isClosing = true;
    const payload = Buffer.concat([Buffer.from([code >> 8, code & 0xff]), Buffer.from(reason)]);
    if (this.#socket.writable) this.#socket.end(writeFrame("close", payload));
    setTimeout(() => this.#socket.destroy(), lingerMs).unref();
  }

  #gone(): void {
    clearInterval(this.#timer);
    this.#isClosing = true;
    this.#receiver?.closed();
    this.#receiver = undefined;
  }
}

/** How long the last bytes have to get through. */
const lingerMs = 1_000;

function textOf(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
