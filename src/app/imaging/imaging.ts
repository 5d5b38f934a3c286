import type { Access, Context, SealKey } from "#access";
import type { Erasing } from "#departments/information";
import type { ImageArchive } from "#imaging";
import { type Clock, type HospitalTime, type Ids, type Log, type Meter, ok, type Result, type Route } from "#kernel";
import { type DimseServer, dimseClient } from "#links/dimse";
import type { CursorStore, HealthRecord } from "#record";
import type { ShutdownStack } from "../compose/shutdown-stack.ts";
import type { Config } from "../config.ts";
import { Doorway } from "./associations.ts";
import { openDicomweb, openPixels } from "./dicomweb.ts";
import { openDimseDoor } from "./dimse-door.ts";
import { nodeTls } from "./dimse-tls.ts";
import { openExports } from "./exports.ts";
import { openKeeping } from "./keeping.ts";
import { callNode, openNodes } from "./nodes.ts";
import { openImageRetention } from "./retention.ts";
import { openRouting } from "./routing.ts";
import { openStudies } from "./studies.ts";
import { openWorklist } from "./worklist.ts";

export interface ImagingNeeds {
  readonly config: Config;
  readonly access: Access;
  /** The whole record and archive. */
  readonly record: HealthRecord;
  readonly images: ImageArchive;
  readonly cursors: CursorStore;
  readonly sealKey: SealKey;
  readonly hospitalTime: HospitalTime;
  readonly erasing: Erasing;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly metrics: Meter;
  /** It is closed with this. */
  readonly stack: ShutdownStack;
}

export interface Imaging {
  readonly routes: readonly Route<Context>[];
  /** Lets other DICOM nodes in. Problems: those of `openDimseDoor`. */
  openDoor(): Promise<Result<DimseServer>>;
  /** Of that door, once it is open. Problems: `tls-file-unreadable`, `tls-file-invalid`. */
  reloadCertificates(): Promise<Result<void>>;
}

type Call = Parameters<typeof openDimseDoor>[0]["call"];

/** What is done with images: studies are filed, orders offered to modalities, nodes known, and the doors over the web opened. Problems: those of `openWorklist`. */
export async function openImaging(needs: ImagingNeeds): Promise<Result<Imaging>> {
  const { config, access, clock, log, sealKey, metrics: meter } = needs;
  openStudies(needs);
  const worklist = await openWorklist(needs);
  if (!worklist.ok) return worklist;
  const client = dimseClient({ log, meter });
  const calling = { client, ownAeTitle: config.aeTitle, tls: nodeTls(config), sealKey };
  const nodes = openNodes({ record: needs.record, clock, ...calling });
  const engine = openPixels(needs);
  const exports = await openExports({ ...needs, engine });
  const { directory } = nodes;
  const call: Call = (node, contexts) => callNode(calling, node, contexts);
  const routing = openRouting({ ...needs, directory, calling, engine });
  const doorway = new Doorway();
  const openDoor = async () => {
    const door = await openDimseDoor({ ...needs, engine, directory, call });
    if (door.ok) doorway.keep(door.value);
    return door;
  };
  return ok({
    openDoor,
    reloadCertificates: () => doorway.reloadCertificates(),
    routes: [
      ...nodes.routes,
      ...doorway.routes,
      ...openKeeping(access, config),
      ...openImageRetention({ ...needs, directory }),
      ...worklist.value,
      ...routing,
      ...openDicomweb(engine),
      ...exports,
    ],
  });
}
