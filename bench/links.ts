/**
 * What the links are promised to do, each figure with its floor: rates in and out, mapping, queues, memory, disk and
 * search. Short without options; `--full`, or `--messages N`, `--queued N`, `--seconds N`, for the amounts promised.
 */
import { attempted } from "./fhir/served.ts";
import type { Figure } from "./figure.ts";
import { amountsAsked } from "./links/amounts.ts";
import { startHospital } from "./links/hospital.ts";
import { intakeFigures } from "./links/intake.ts";
import { fanOutFigures, laneFigures } from "./links/lanes.ts";
import { largeFigures } from "./links/large.ts";
import { mappingFigures } from "./links/mapping.ts";
import { queuedFigures } from "./links/queued.ts";
import { diskFigures, searchFigures } from "./links/recorded.ts";

export async function run(): Promise<readonly Figure[]> {
  const amounts = amountsAsked(process.argv.slice(2));
  const mapping = await attempted("mapping alone", mappingFigures);
  const hospital = await startHospital();
  const measured: Figure[] = [];
  try {
    measured.push(...(await attempted("intake", () => intakeFigures(hospital, amounts))));
    measured.push(...(await attempted("lanes", () => laneFigures(hospital, amounts))));
    measured.push(...(await attempted("ten destinations", () => fanOutFigures(hospital, amounts))));
    measured.push(...(await attempted("a large message", () => largeFigures(hospital))));
    measured.push(...(await attempted("disk", () => diskFigures(hospital, amounts))));
    measured.push(...(await attempted("search", () => searchFigures(hospital, amounts))));
  } finally {
    await hospital.stop();
  }
  const queued = await attempted("queued", () => queuedFigures(amounts));
  return [...mapping, ...measured, ...queued];
}
