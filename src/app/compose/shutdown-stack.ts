import type { Log } from "#kernel";

/** What has been opened, closed in the opposite order. */
export interface ShutdownStack {
  defer(name: string, close: () => void | Promise<void>): void;
  /** Closes everything once, whatever fails on the way; a second call waits for the first. */
  close(): Promise<void>;
}

export function shutdownStack(log: Log): ShutdownStack {
  const open: { readonly name: string; readonly close: () => void | Promise<void> }[] = [];
  let closing: Promise<void> | undefined;
  const closeAll = async () => {
    for (let next = open.pop(); next !== undefined; next = open.pop()) {
      try {
        await next.close();
      } catch (error) {
        log.error("close-failed", { part: next.name, error: error as Error });
      }
    }
  };
  return {
    defer: (name, close) => {
      open.push({ name, close });
    },
    close: () => {
      closing ??= closeAll();
      return closing;
    },
  };
}
