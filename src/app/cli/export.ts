import { readdir } from "node:fs/promises";
import { resolve } from "node:path";
import { failed, incorrect, ok, type Result } from "#kernel";
import { type ExportOrder, exportOrder, type HealthRecord } from "#record";
import { systemClock } from "../clock.ts";
import { besideCorridor } from "../compose/beside.ts";
import type { RecordParts } from "../compose/record.ts";
import { type ExportReport, exportToFolder, notEmpty } from "../load/exporter.ts";
import { exportPurposes, isExportPurpose, withPurpose } from "../load/purposeful-record.ts";
import type { Command, Invocation } from "./command.ts";
import { Pace } from "./pace.ts";
import { progressBar } from "./progress-bar.ts";
import { oneWord, withSettings } from "./settings.ts";

export const exporting: Command = {
  help: `corridor export FOLDER --purpose PURPOSE [--type Patient,Observation] [--since 2026-11-01T00:00:00Z] [--gz] [--json]

Writes the newest version of every FHIR resource into FOLDER, which must be empty or not exist: one file of NDJSON for each
type, for its owner alone. All of it is as it was at one position of the record, though Corridor may go on working.
--purpose is one of ${Object.entries(exportPurposes)
    .map(([code, words]) => `${code} (${words})`)
    .join(", ")}. Of all but
the first are left out: what is restricted or sealed, restricted addresses, and what patients said may not be disclosed; for
research and planning also who has opted out, which needs a recent answer (corridor opt-out).
--type: only these types. --since: only what was changed then or later. --gz: files are packed.
What is read is in the audit log. corridor import brings the files back in.`,
  options: {
    purpose: { type: "string" },
    type: { type: "string" },
    since: { type: "string" },
    gz: { type: "boolean" },
    json: { type: "boolean" },
  },
  wordsMax: 1,
  run: (invocation) =>
    withSettings(invocation, async (given) => {
      const folder = oneWord(invocation.words, "where to export to: corridor export FOLDER");
      if (!folder.ok) return folder;
      const path = resolve(folder.value);
      const order = orderOf(invocation);
      if (!order.ok) return order;
      const { purpose } = invocation.options;
      if (typeof purpose !== "string" || !isExportPurpose(purpose)) return failed(purposeMissing);
      const present = await readdir(path).catch(() => []);
      if (present.length > 0) return failed(notEmpty(path));
      const report = await besideCorridor(given, (parts) =>
        withPurpose({ ...given, parts }, purpose, (record) =>
          exportAll({ path, order: order.value, record }, parts, invocation),
        ),
      );
      if (!report.ok) return report;
      tell(path, report.value, invocation);
      return ok(undefined);
    }),
};

function orderOf({ options }: Invocation): Result<ExportOrder> {
  const { type, since } = options;
  return exportOrder({
    of: "system",
    types: typeof type === "string" ? [type] : [],
    since: typeof since === "string" ? since : undefined,
    typeFilters: [],
    elements: [],
    now: systemClock.now(),
  });
}

interface Export {
  readonly path: string;
  readonly order: ExportOrder;
  /** As it may leave for the purpose. */
  readonly record: HealthRecord;
}

const purposeMissing = incorrect(
  "purpose-missing",
  `Say what it is for: --purpose ${Object.keys(exportPurposes).join(", ")}.`,
);

async function exportAll({ path, order, record }: Export, parts: RecordParts, { options, terminal }: Invocation) {
  const total = await totalOf(order, parts);
  if (!total.ok) return total;
  const bar = progressBar(terminal, { label: "Exporting", unit: "resources" });
  const pace = new Pace("resources", performance.now());
  const progress = (written: number) => {
    pace.mark(written, written / Math.max(1, total.value), performance.now());
    bar.update(written, total.value, pace.text);
  };
  const needs = { record, clock: systemClock, isPacked: options.gz === true, progress };
  return exportToFolder(path, order, needs).finally(bar.finish);
}

/** For the bar alone, so asked of the whole record: nothing of it is shown. */
async function totalOf({ types, sinceMs }: ExportOrder, { record }: RecordParts): Promise<Result<number>> {
  let total = 0;
  for (const kind of types) {
    const all = sinceMs === undefined ? [] : [{ is: "updated" as const, any: [{ minMs: sinceMs }] }];
    const count = await record.count({ kind, all, sort: { by: "updated", descending: false }, limit: 1 });
    if (!count.ok) return count;
    total += count.value;
  }
  return ok(total);
}

const numbers = new Intl.NumberFormat("en-GB");

function tell(path: string, { position, counts }: ExportReport, { options, terminal }: Invocation): void {
  const resources = [...counts.values()].reduce((sum, count) => sum + count, 0);
  if (options.json === true) {
    terminal.out(JSON.stringify({ path, position, resources, types: Object.fromEntries(counts) }));
    return;
  }
  terminal.out(
    `Exported ${numbers.format(resources)} resources of ${counts.size} types to ${path}, as of change ${position}.`,
  );
}
