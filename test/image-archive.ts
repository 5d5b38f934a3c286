/** An archive of images on a real database and a real folder, for tests. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type Arrival,
  type ImagesNeeds,
  type OpenedImages,
  openImages,
  type Received,
  withSmallObjects,
} from "#imaging";
import { type Result, silentLog } from "#kernel";
import type { KindDefinition, StreamedBlobs } from "#record";
import { type DataElement, DataSet, explicitLittle, type MadeFrom, makeElement, writeDataSet } from "#standards/dicom";
import { openStreamedFolder } from "#storage/files";
import { beforeServerStops } from "./database.ts";
import { freshRecord, type TestRecord } from "./record.ts";

export interface TestArchive {
  readonly images: OpenedImages;
  readonly blobs: StreamedBlobs;
  readonly kept: TestRecord;
  readonly folder: string;
  /** Opens another archive on the same database and folder, as the next start does. */
  again(): Promise<OpenedImages>;
}

export async function freshArchive(
  kinds: readonly KindDefinition[],
  { hasSmall = false, ...more }: Pick<ImagesNeeds, "duplicates"> & { readonly hasSmall?: boolean } = {},
): Promise<TestArchive> {
  const kept = await freshRecord({ kinds });
  const folder = await mkdtemp(join(tmpdir(), "corridor-images-"));
  beforeServerStops(() => rm(folder, { recursive: true, force: true }));
  const open = async () => {
    const files = await openStreamedFolder(folder);
    const blobs = hasSmall ? withSmallObjects(files, kept.store.smallImages, { isDear: false }) : files;
    const images = await openImages({ index: kept.store.images, blobs, clock: kept.clock, log: silentLog, ...more });
    return { blobs, images };
  };
  const { blobs, images } = await open();
  return { images, blobs, kept, folder, again: async () => (await open()).images };
}

/** The bytes of a data set, explicit little endian, of elements by keyword. */
export function imageBytes(values: Readonly<Record<string, MadeFrom>>): Uint8Array {
  const all = { SpecificCharacterSet: ["ISO_IR 192"], ...values };
  const elements = Object.entries(all).map(([keyword, given]) => makeElement(keyword, given));
  const made = elements.filter((element): element is DataElement => element !== undefined);
  return writeDataSet(new DataSet(made.sort((a, b) => a.tag - b.tag)), explicitLittle);
}

/** Sends bytes in pieces of a size, as they come from a socket. */
export async function send(
  images: OpenedImages,
  bytes: Uint8Array,
  options: { readonly pieceBytes?: number; readonly arrival?: Partial<Arrival> } = {},
): Promise<Result<Received>> {
  const { pieceBytes = 4_000, arrival = {} } = options;
  const opened = await images.receive({
    wire: { is: "data-set", syntax: explicitLittle },
    source: "CT1",
    ...arrival,
  });
  if (!opened.ok) return opened;
  for (let at = 0; at < bytes.length; at += pieceBytes) await opened.value.write([bytes.subarray(at, at + pieceBytes)]);
  return opened.value.finish();
}
