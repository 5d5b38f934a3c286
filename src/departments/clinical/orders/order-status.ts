import type { ServiceRequest } from "#standards/fhir";
import { meaningOf } from "../messages/code-tables.ts";
import type { SegmentReader } from "../messages/message-reader.ts";

export type OrderStatus = ServiceRequest["status"];

/**
 * Order control codes for which the official map has no row, or one that must not be followed: it calls a request to
 * cancel (CA) active, and a cancelled order that still looks active is a danger.
 */
const controlRepairs: Readonly<Record<string, OrderStatus>> = {
  CA: "revoked",
  XO: "active",
  XX: "active",
  SN: "active",
  PA: "active",
  CH: "active",
  RP: "active",
  RU: "revoked",
};

/** ORC-5, else ORC-1. Undefined where neither says. Source: v2-to-FHIR ORC[ServiceRequest], tables 0038 and 0119. */
export function orderStatus(orc: SegmentReader | undefined): OrderStatus | undefined {
  if (orc === undefined) return undefined;
  const byStatus = meaningOf("OrderStatus", orc.peek(5) ?? "")?.code;
  const control = orc.peek(1) ?? "";
  const byControl = controlRepairs[control] ?? meaningOf("OrderControlCode[ServiceRequest.status]", control)?.code;
  if (byStatus !== undefined) orc.text(5);
  return (byStatus ?? byControl) as OrderStatus | undefined;
}
