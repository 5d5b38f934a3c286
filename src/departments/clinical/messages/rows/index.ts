import { evnRows, msaRows, mshRows, sftRows } from "./header-rows.ts";
import { nteRows, obxRows } from "./observation-rows.ts";
import { dg1Rows, obrRows, orcRows, spmRows, tq1Rows, txaRows } from "./order-rows.ts";
import { al1Rows, mrgRows, nk1Rows, pd1Rows, pidRows } from "./person-rows.ts";
import type { SegmentRows } from "./row.ts";
import { aigRows, aisRows, placeAndPersonRows, schRows } from "./schedule-rows.ts";
import { pv1Rows, pv2Rows } from "./visit-rows.ts";

/** Where the fields of each mapped segment go. */
export const rowsOfSegments: Readonly<Record<string, SegmentRows>> = {
  MSH: mshRows,
  MSA: msaRows,
  SFT: sftRows,
  EVN: evnRows,
  PID: pidRows,
  MRG: mrgRows,
  PD1: pd1Rows,
  NK1: nk1Rows,
  PV1: pv1Rows,
  PV2: pv2Rows,
  AL1: al1Rows,
  ORC: orcRows,
  OBR: obrRows,
  TQ1: tq1Rows,
  TXA: txaRows,
  DG1: dg1Rows,
  OBX: obxRows,
  NTE: nteRows,
  SPM: spmRows,
  SCH: schRows,
  AIS: aisRows,
  AIG: aigRows,
  AIL: placeAndPersonRows,
  AIP: placeAndPersonRows,
};
