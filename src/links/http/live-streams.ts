import type { ServerResponse } from "node:http";
import { busy, type Meter, type Problem } from "#kernel";
import type { IncomingRequest } from "./incoming-request.ts";

type Chunk = string | Uint8Array;

/** The open server-sent event streams of one server. */
export interface LiveStreams {
  /** `live-streams-full` when no further one may open. */
  refusal(): Problem | undefined;
  /** Writes events as they come, no faster than the client takes them; ends with the events, the client or `endAll`. */
  write(response: ServerResponse, request: IncomingRequest, events: AsyncIterable<Chunk>): Promise<void>;
  /** Ends every open stream in good order. */
  endAll(): void;
}

export function liveStreams(streamsMax: number, meter: Meter): LiveStreams {
  const open = new Map<ServerResponse, IncomingRequest>();
  meter.gauge("corridor_http_live_streams", "Server-sent event streams that are open.", () => open.size);
  return {
    refusal: () =>
      open.size < streamsMax
        ? undefined
        : busy("live-streams-full", `All ${streamsMax} live streams are in use; try again later.`),
    async write(response, request, events) {
      open.set(response, request);
      response.once("close", () => open.delete(response));
      response.flushHeaders();
      await pump(response, request.closed, events);
    },
    endAll() {
      for (const [response, request] of open) {
        request.abort();
        response.end();
      }
    },
  };
}

async function pump(response: ServerResponse, closed: AbortSignal, events: AsyncIterable<Chunk>): Promise<void> {
  const iterator = events[Symbol.asyncIterator]();
  // Lets go of an iterator that does not watch `closed` itself; what it throws then concerns nobody any more.
  closed.addEventListener("abort", () => void iterator.return?.().catch(() => {}), { once: true });
  while (!closed.aborted) {
    const next = await iterator.next();
    if (next.done === true || closed.aborted) break;
    if (!response.write(next.value)) await drained(response);
  }
  response.end();
}

/** Settles when the client has taken what was written, or has gone. */
function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const settle = () => {
      response.off("drain", settle);
      response.off("close", settle);
      resolve();
    };
    if (response.closed) return resolve();
    response.on("drain", settle);
    response.on("close", settle);
  });
}
