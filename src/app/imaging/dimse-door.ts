import { setTimeout as passed } from "node:timers/promises";
import { type Access, decidingForLink, workerActor } from "#access";
import {
  imageServices,
  type NamedNode,
  type NodeCaller,
  type NodeDirectory,
  resumeCommitments,
} from "#departments/clinical";
import type { Log, Meter, Result } from "#kernel";
import { type DimseServer, openDimseServer } from "#links/dimse";
import type { Association, ProposedService } from "#standards/dimse";
import type { PixelEngine } from "#standards/pixels";
import type { ShutdownStack } from "../compose/shutdown-stack.ts";
import type { Config } from "../config.ts";
import { doorTls } from "./dimse-tls.ts";
import { admitNode } from "./node-admission.ts";

export interface DimseDoorNeeds {
  readonly config: Config;
  readonly access: Access;
  readonly directory: NodeDirectory;
  readonly engine: PixelEngine;
  readonly log: Log;
  readonly metrics: Meter;
  readonly stack: ShutdownStack;
  call(node: NamedNode, contexts: readonly ProposedService[]): Promise<Result<Association>>;
}

/** Opens the door that other DICOM nodes call. Problems: those of `openDimseServer`, `dimse-tls-half`. */
export async function openDimseDoor(needs: DimseDoorNeeds): Promise<Result<DimseServer>> {
  const { config, access, directory, engine, log, metrics: meter, stack, call } = needs;
  const tls = doorTls(config);
  if (!tls.ok) return tls;
  const ownAeTitle = config.aeTitle;
  const closing = new AbortController();
  const keeper = access.contextOf(decidingForLink(workerActor("storage-commitment")));
  const later = async (ms: number) => {
    await passed(ms, undefined, { signal: closing.signal, ref: false }).catch(() => {});
    return !closing.signal.aborted;
  };
  stack.defer("storage-commitments", () => closing.abort());
  const committing = { directory, call, keeper, ownAeTitle, log, later };
  const opened = await openDimseServer<NodeCaller>({
    host: config.host,
    port: config.dimsePort,
    name: "dimse",
    ...(tls.value === undefined ? {} : { tls: tls.value }),
    admit: (asking) => admitNode({ access, directory, ownAeTitle }, asking),
    services: imageServices({ engine, ...committing }),
    log,
    meter,
  });
  if (!opened.ok) return opened;
  const resumed = await resumeCommitments(committing, directory);
  if (!resumed.ok) log.warn("storage commitments could not be gone on with", { code: resumed.problems[0].code });
  return opened;
}
