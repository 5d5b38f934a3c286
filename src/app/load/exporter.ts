import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { type Clock, conflict, failed, ok, type Result, unavailable } from "#kernel";
import { type ExportOrder, exportType, type HealthRecord } from "#record";
import { type LineFile, openLineFile } from "./line-file.ts";

export interface ExportFolderNeeds {
  /** As the one who exports may see it. */
  readonly record: HealthRecord;
  readonly clock: Clock;
  readonly isPacked: boolean;
  /** Told how many resources are written. */
  readonly progress: (written: number) => void;
}

export interface ExportReport {
  /** The record was as it is in the files when this was its newest change. */
  readonly position: number;
  readonly counts: ReadonlyMap<string, number>;
}

/**
 * Writes the record as it is at one position into a folder, a file of NDJSON for each type that there is something of.
 * Problems: those of reading; `file-exists`; `export-not-written`.
 */
export async function exportToFolder(
  folder: string,
  order: ExportOrder,
  needs: ExportFolderNeeds,
): Promise<Result<ExportReport>> {
  const { record, clock } = needs;
  const position = await record.position();
  const counts = new Map<string, number>();
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    for (const type of order.types) {
      const file = new TypeFile(join(folder, `${type}.ndjson${needs.isPacked ? ".gz" : ""}`));
      const sink = {
        isOver: () => false,
        write: async (lines: readonly string[]) => {
          await file.write(lines);
          needs.progress([...counts.values()].reduce((sum, count) => sum + count, file.count));
          return ok(undefined);
        },
      };
      const exporting = { record, position, now: clock.now() };
      const done = await exportType(type, { order, members: undefined, needs: exporting }, sink).catch(file.abandoning);
      if (!done.ok) {
        await file.abandon();
        return done;
      }
      await file.finish();
      if (file.count > 0) counts.set(type, file.count);
    }
    return ok({ position, counts });
  } catch (error) {
    return failed(notWritten(folder, error as NodeJS.ErrnoException));
  }
}

/** Made when there is something to write. */
class TypeFile {
  readonly #path: string;
  #file: LineFile | undefined;
  count = 0;

  constructor(path: string) {
    this.#path = path;
  }

  async write(lines: readonly string[]): Promise<void> {
    if (lines.length === 0) return;
    this.#file ??= await openLineFile(this.#path);
    await this.#file.write(lines);
    this.count += lines.length;
  }

  async finish(): Promise<void> {
    if (this.#file === undefined) await rm(this.#path, { force: true });
    else await this.#file.finish();
  }

  async abandon(): Promise<void> {
    await this.#file?.abandon();
  }

  readonly abandoning = async (error: unknown): Promise<never> => {
    await this.abandon();
    throw error;
  };
}

function notWritten(folder: string, error: NodeJS.ErrnoException) {
  return unavailable(
    "export-not-written",
    `The export to ${folder} could not be written (${error.code ?? error.message}).`,
    {
      cause: error,
    },
  );
}

/** Files of another export would be taken for this one's. */
export function notEmpty(folder: string) {
  return conflict("folder-not-empty", `${folder} is not empty: name a new folder.`);
}
