import type { Socket } from "node:net";
import { frameMessage } from "#standards/hl7v2";

/** What became of an answer: sent, refused by the framing with `cause`, or lost with the connection. */
export type Sent =
  | { readonly is: "sent" }
  | { readonly is: "lost" }
  | { readonly is: "unframed"; readonly cause: unknown };

export interface OutboxOptions {
  /** How long the other side may take nothing of what was written. */
  readonly answerTimeoutMs: number;
  /** It took nothing for that long, and the connection is cut. */
  stuck(): void;
}

/** Writes answers on a connection, each in a frame of its own, at the speed at which the other side takes them. */
export class Outbox {
  readonly #socket: Socket;
  readonly #options: OutboxOptions;

  constructor(socket: Socket, options: OutboxOptions) {
    this.#socket = socket;
    this.#options = options;
  }

  async send(content: Uint8Array): Promise<Sent> {
    const frame = frameMessage(content);
    if (!frame.ok) return { is: "unframed", cause: frame.problems[0] };
    if (!this.#socket.writable) return { is: "lost" };
    if (this.#socket.write(frame.value)) return { is: "sent" };
    return { is: (await this.#drained()) ? "sent" : "lost" };
  }

  #drained(): Promise<boolean> {
    return new Promise((resolve) => {
      const settle = (isDrained: boolean) => {
        clearTimeout(patience);
        this.#socket.off("drain", onDrain).off("close", onClose);
        resolve(isDrained);
      };
      const onDrain = () => settle(true);
      const onClose = () => settle(false);
      const patience = setTimeout(() => {
        this.#options.stuck();
        this.#socket.destroy();
      }, this.#options.answerTimeoutMs);
      this.#socket.on("drain", onDrain).on("close", onClose);
    });
  }
}
