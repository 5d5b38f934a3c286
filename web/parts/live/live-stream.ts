import type { LiveEvent } from "#departments/clinical/api";
import { reportStream } from "./connection.ts";

/** Waits before connecting again when the server refused; each try waits longer, up to the last. */
const retryWaitsMs = [1_000, 2_000, 5_000, 10_000, 20_000] as const;

/** The server ends streams now and then and the browser is back at once: only a longer gap is worth a notice. */
const graceMs = 4_000;

export interface LiveStream {
  close(): void;
}

export interface LiveListener {
  /** Something changed. */
  onChange(event: LiveEvent): void;
  /** The stream was cut and is back: changes may have been missed that have no event of their own. */
  onReturn(): void;
  /** The stream was refused or cut; called once an interruption. */
  onInterrupted(): void;
}

/**
 * Listens to a stream of server-sent events until closed. A browser connects again by itself after a cut, with the id
 * of the last event; it gives up when the server refuses, and then this tries again.
 */
export function openLiveStream(path: string, position: number, listener: LiveListener): LiveStream {
  const watch = interruptionWatch(path, listener);
  const state = { after: position, tries: 0, closed: false };
  let source: EventSource | undefined;
  let timer: number | undefined;

  const connect = () => {
    source = new EventSource(`${path}?after=${state.after}`);
    source.addEventListener("open", () => {
      state.tries = 0;
      watch.connected();
    });
    source.addEventListener("change", (message: MessageEvent<string>) => {
      const event = JSON.parse(message.data) as LiveEvent;
      state.after = event.position;
      listener.onChange(event);
    });
    source.addEventListener("error", () => {
      if (state.closed) return;
      watch.cut();
      if (source?.readyState !== EventSource.CLOSED) return;
      timer = window.setTimeout(connect, retryWaitsMs[Math.min(state.tries, retryWaitsMs.length - 1)]);
      state.tries += 1;
    });
  };
  connect();
  return {
    close: () => {
      state.closed = true;
      window.clearTimeout(timer);
      source?.close();
      watch.end();
    },
  };
}

/** Tells the listener and the notice of the frame about cuts that last longer than `graceMs`. */
function interruptionWatch(path: string, listener: LiveListener) {
  const self = Symbol(path);
  let pending: number | undefined;
  let told = false;
  const stopWaiting = () => {
    window.clearTimeout(pending);
    pending = undefined;
  };
  return {
    cut: () => {
      pending ??= window.setTimeout(() => {
        told = true;
        reportStream(self, "interrupted");
        listener.onInterrupted();
      }, graceMs);
    },
    connected: () => {
      stopWaiting();
      reportStream(self, "connected");
      if (told) listener.onReturn();
      told = false;
    },
    end: () => {
      stopWaiting();
      reportStream(self, "connected");
    },
  };
}
