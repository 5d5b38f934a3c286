import { ok, type Problem, type Result } from "#kernel";
import type { ExportOrder } from "./export-order.ts";
import { type ExportNeeds, exportLine, exportScan, type Members } from "./export-scan.ts";
import { nextScanPage, type ScanPlace, scanStart } from "./scan.ts";

/** Where the lines of an export go. */
export interface ExportSink {
  /** The lines of one page, each without its end. */
  write(lines: readonly string[], place: ScanPlace): Promise<Result<void>>;
  /** Whether to go on. */
  readonly isOver: () => boolean;
}

/**
 * Writes all resources of one type, from a place on. A type that may not be read is passed over in silence where nobody
 * named it. Problems: of reading and writing; the first of them ends it.
 */
export async function exportType(
  type: string,
  { order, members, needs, from }: { order: ExportOrder; members: Members; needs: ExportNeeds; from?: ScanPlace },
  sink: ExportSink,
): Promise<Result<void>> {
  const scan = exportScan(type, order, members, needs);
  if (scan === undefined) return ok(undefined);
  let place = from ?? scanStart(needs.position);
  while (!sink.isOver()) {
    const page = await nextScanPage(needs.record, scan, place);
    if (!page.ok) return isHidden(page.problems, order) ? ok(undefined) : page;
    const lines: string[] = [];
    for (const version of page.value.versions) {
      const line = await exportLine(version, order, needs);
      if (!line.ok) return line;
      lines.push(line.value);
    }
    place = page.value.place;
    const written = await sink.write(lines, place);
    if (!written.ok || page.value.isLast) return written;
  }
  return ok(undefined);
}

function isHidden([problem]: readonly Problem[], { isNamed }: ExportOrder): boolean {
  return !isNamed && problem?.category === "forbidden";
}
