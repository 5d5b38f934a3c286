import type { StorageFigure } from "#imaging";
import type { StorageView } from "../../api/image-keeping.ts";

export interface ForecastNeeds {
  readonly figures: readonly StorageFigure[];
  readonly freeBytes: number | undefined;
  readonly nowMs: number;
}

const dayMs = 24 * 60 * 60_000;
const spanDays = 90;

/**
 * What is stored, by month and modality, and when the disk will be full if as much comes as in the last three calendar months,
 * this one counted as far as it has come.
 */
export function storageView({ figures, freeBytes, nowMs }: ForecastNeeds): StorageView {
  const fromMonth = new Date(nowMs - spanDays * dayMs).toISOString().slice(0, 7);
  const recent = figures.filter(({ month }) => month >= fromMonth);
  const sinceMs = Math.min(...recent.map(({ month }) => Date.parse(`${month}-01T00:00:00Z`)), nowMs);
  const days = Math.max(1, (nowMs - sinceMs) / dayMs);
  const bytesADay = Math.round(sum(recent) / days);
  const fullMs = freeBytes === undefined || bytesADay === 0 ? undefined : nowMs + (freeBytes / bytesADay) * dayMs;
  const isNear = fullMs !== undefined && fullMs < Date.UTC(9999, 0, 1);
  return {
    figures,
    totalBytes: sum(figures),
    ...(freeBytes === undefined ? {} : { freeBytes }),
    bytesADay,
    ...(isNear ? { fullOn: new Date(fullMs).toISOString().slice(0, 10) } : {}),
  };
}

function sum(figures: readonly StorageFigure[]): number {
  return figures.reduce((total, { sizeBytes }) => total + sizeBytes, 0);
}
