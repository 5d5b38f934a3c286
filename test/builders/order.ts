import { drLindqvist, mrsOsei, type WardPatient } from "../ward/index.ts";
import { anMsh, type Header } from "./hl7-header.ts";
import { anXcn, aPid } from "./hl7-patient.ts";
import { type Fields, message, segment } from "./segment.ts";

export interface Order extends Header {
  readonly type?: "ORM^O01" | "OML^O21";
  readonly patient?: WardPatient;
  /** ORC-1. */
  readonly control?: string;
  readonly placer?: string;
  readonly filler?: string;
  readonly test?: string;
  readonly orc?: Fields;
  readonly obr?: Fields;
  readonly spm?: Fields;
}

/** Dr Lindqvist orders urea and electrolytes for Mrs Osei, unless said otherwise. */
export function anOrder(order: Order = {}): string {
  const { patient = mrsOsei, control = "NW", placer = "ICE-70021", filler = "" } = order;
  return message(
    anMsh(order.type ?? "ORM^O01", { application: "ICE", facility: "MEADOW", ...order }),
    aPid(patient),
    segment("ORC", {
      1: control,
      2: placer,
      3: filler,
      9: "20261123080000+0000",
      12: anXcn(drLindqvist),
      ...order.orc,
    }),
    segment("OBR", {
      1: "1",
      2: placer,
      3: filler,
      4: order.test ?? "UE^Urea and electrolytes^L",
      5: "R",
      16: anXcn(drLindqvist),
      ...order.obr,
    }),
    ...(order.spm === undefined ? [] : [segment("SPM", { 1: "1", ...order.spm })]),
  );
}
