import type { Access, Context } from "#access";
import type { ImageArchive } from "#imaging";
import { type Clock, type Log, type Meter, ok, type Result, type Route } from "#kernel";
import { dimseClient } from "#links/dimse";
import type { CursorStore, HealthRecord } from "#record";
import type { ShutdownStack } from "../compose/shutdown-stack.ts";
import type { Config } from "../config.ts";
import { openDicomweb, openPixels } from "./dicomweb.ts";
import { openExports } from "./exports.ts";
import { openKeeping } from "./keeping.ts";
import { openNodes } from "./nodes.ts";
import { openStudies } from "./studies.ts";
import { openWorklist } from "./worklist.ts";

export interface ImagingNeeds {
  readonly config: Config;
  readonly access: Access;
  /** The whole record and archive. */
  readonly record: HealthRecord;
  readonly images: ImageArchive;
  readonly cursors: CursorStore;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly metrics: Meter;
  /** It is closed with this. */
  readonly stack: ShutdownStack;
}

export interface Imaging {
  readonly routes: readonly Route<Context>[];
}

/** What is done with images: studies are filed, orders offered to modalities, nodes known, and the doors over the web opened. Problems: those of `openWorklist`. */
export async function openImaging(needs: ImagingNeeds): Promise<Result<Imaging>> {
  const { config, access, clock, log, metrics: meter } = needs;
  openStudies(needs);
  const worklist = await openWorklist(needs);
  if (!worklist.ok) return worklist;
  const client = dimseClient({ log, meter });
  const nodes = openNodes({ access, clock, client, ownAeTitle: config.aeTitle, tls: {} });
  const engine = openPixels(needs);
  const exports = await openExports({ ...needs, engine });
  return ok({ routes: [...nodes.routes, ...openKeeping(access, config), ...openDicomweb(engine), ...exports] });
}
