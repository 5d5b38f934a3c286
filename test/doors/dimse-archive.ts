/** Corridor in this process, with DICOM nodes that are known to it. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readConfig, silentProgress, startCorridor } from "#app";
import { expectOk, silentLog } from "#kernel";

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
