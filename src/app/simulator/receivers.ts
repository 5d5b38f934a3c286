import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { type NamedBody, type OutputReceiver, type RunExpected, splitFile } from "#departments/clinical";
import { failed, type Log, limits, notFound, ok, type Result, silentMeter } from "#kernel";
import { startMllpListener } from "#links/mllp";
import { buildAck, peekHeader } from "#standards/hl7v2";
import { systemClock } from "../clock.ts";

export interface ReceiverOptions {
  /** Address that a port is opened on. */
  readonly host: string;
  readonly log: Log;
}

/** Opens what takes the outputs of a run. Problems: those of listening; not-found `folder-not-found`. */
export function openReceiver(
  receiver: RunExpected["receiver"],
  options: ReceiverOptions,
): Promise<Result<OutputReceiver>> {
  return receiver.by === "mllp" ? portReceiver(receiver.port, options) : folderReceiver(receiver.path);
}

/** Acknowledges everything with AA. */
async function portReceiver(port: number, { host, log }: ReceiverOptions): Promise<Result<OutputReceiver>> {
  const kept: NamedBody[] = [];
  let bytes = 0;
  const listener = await startMllpListener({
    host,
    port,
    name: "simulator",
    receive: async (body) => {
      const { header } = peekHeader(body);
      bytes += body.length;
      if (kept.length < limits.simulatorReceivedMax && bytes <= limits.simulatorReceivedBytesMax) {
        kept.push({ name: `received ${kept.length + 1}`, body });
      }
      const controlId = `SIM${kept.length}`;
      return Buffer.from(buildAck(header, { code: "AA", controlId, at: systemClock.now(), problems: [] }));
    },
    refuse: async () => undefined,
    log,
    meter: silentMeter,
  });
  if (!listener.ok) return listener;
  return ok({ received: async () => [...kept], close: () => listener.value.stop() });
}

/** What is written into a folder after the run has begun; hidden files are still being written. */
async function folderReceiver(path: string): Promise<Result<OutputReceiver>> {
  const listed = async () => (await readdir(path)).filter((name) => !name.startsWith(".")).sort();
  const before = new Set(await listed().catch(() => undefined));
  if ((await listed().catch(() => undefined)) === undefined)
    return failed(notFound("folder-not-found", `There is no folder ${path} to look for outputs in.`));
  const known = new Map<string, readonly NamedBody[]>();
  const take = async (name: string) => {
    const { messages } = splitFile(await readFile(join(path, name)));
    const place = (at: number) => (messages.length === 1 ? name : `${name}#${at + 1}`);
    known.set(
      name,
      messages.map((body, at) => ({ name: place(at), body })),
    );
  };
  return ok({
    async received() {
      const fresh = (await listed()).filter((name) => !before.has(name) && !known.has(name));
      for (const name of fresh.slice(0, limits.simulatorReceivedMax - known.size)) await take(name);
      return [...known.values()].flat();
    },
    close: async () => {},
  });
}
