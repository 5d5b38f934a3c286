/** Corridor in this process, with DICOM nodes that are known to it. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readConfig, silentProgress, startCorridor } from "#app";
import { expectOk, limits, type Result, silentLog } from "#kernel";
import type { Association } from "#standards/dimse";

export interface KnownNode {
  readonly aeTitle: string;
  readonly port?: number;
  readonly mayStore?: boolean;
  readonly mayFind?: boolean;
  readonly mayRetrieve?: boolean;
  readonly mayWorklist?: boolean;
}

/** On free ports, below a folder of its own. */
export async function anArchive(nodes: readonly KnownNode[], environment: Record<string, string> = {}) {
  const folder = await mkdtemp(join(tmpdir(), "corridor-archive-"));
  const ports = { CORRIDOR_HTTP_PORT: "0", CORRIDOR_MLLP_PORT: "0", CORRIDOR_DIMSE_PORT: "0" };
  const config = expectOk(readConfig({ ...ports, CORRIDOR_DATA: folder, ...environment }));
  const corridor = expectOk(await startCorridor({ config, log: silentLog, progress: silentProgress }));
  const bodies = nodes.map(({ port, ...node }) => ({ ...nobody, ...node, ...(port && { host: "127.0.0.1", port }) }));
  const operations = bodies.map((body) => {
    const id = body.aeTitle.toLowerCase();
    return { action: "create", kind: "DicomNode", id, body } as const;
  });
  expectOk(await corridor.record.transact({ operations }));
  return {
    ...corridor,
    port: Number(corridor.addresses.dimse.split(":").at(-1)),
    async stop() {
      await corridor.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export type AnArchive = Awaited<ReturnType<typeof anArchive>>;

const nobody = {
  description: "",
  tls: false,
  addresses: ["127.0.0.0/8"],
  mayStore: false,
  mayFind: false,
  mayRetrieve: false,
  mayWorklist: false,
  commits: false,
  isPaused: false,
};

/** A node that is new is known after `limits.nodesHeldMs` at most. */
export async function whenKnown(open: () => Promise<Result<Association>>): Promise<Association> {
  const endMs = Date.now() + 2 * limits.nodesHeldMs;
  for (;;) {
    const opened = await open();
    if (opened.ok || Date.now() > endMs) return expectOk(opened);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
