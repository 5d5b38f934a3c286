export * from "./adt.ts";
export * from "./hl7-header.ts";
export * from "./hl7-patient.ts";
export * from "./merge.ts";
export * from "./order.ts";
export * from "./oru-r01.ts";
export * from "./patient.ts";
export * from "./segment.ts";
