import type { Route } from "./route.ts";

/**
 * An address where a caller may open a WebSocket, as a value. It is a route too: whoever only asks with GET is told so.
 */
export interface TextLineRoute<Context> extends Route<Context> {
  readonly method: "GET";
  /** A line was opened by somebody who may use the route. */
  converse(line: TextLine, context: Context): TextReceiver;
}

/** The open line to one caller, for texts. */
export interface TextLine {
  /** Settles when the caller's machine has taken it, as far as that is known; false when the line is gone. */
  send(text: string): Promise<boolean>;
  /** Ends it; the reason is a word for programs. */
  close(reason: string): void;
}

/** What listens to a caller. */
export interface TextReceiver {
  text(text: string): void;
  /** The line is gone. */
  closed(): void;
}
