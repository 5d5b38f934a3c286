import type { ServiceRequest, Task } from "#standards/fhir";
import type { SegmentReader } from "../messages/message-reader.ts";
import { orderStatus } from "./order-status.ts";

/** What a laboratory's answer to an order makes of it. Absent: it stays as it is. */
export interface ReplyMeaning {
  readonly order?: ServiceRequest["status"];
  readonly task?: Task["status"];
}

/**
 * By ORC-1, in the order of table 0119. What could not be done (UC, UD, UH, UR, UX) leaves the order as it was.
 * Source: HL7 v2.5.1 §4.5.1.1, table 0119; FHIR R4 request-status and task-status.
 */
const meanings: Readonly<Record<string, ReplyMeaning>> = {
  OK: { order: "active", task: "accepted" },
  UA: { order: "revoked", task: "rejected" },
  OC: { order: "revoked", task: "cancelled" },
  CR: { order: "revoked", task: "cancelled" },
  OD: { order: "revoked", task: "cancelled" },
  DR: { order: "revoked", task: "cancelled" },
  OH: { order: "on-hold", task: "on-hold" },
  HR: { order: "on-hold", task: "on-hold" },
  OR: { order: "active", task: "accepted" },
  RR: { order: "active", task: "accepted" },
  NA: { task: "received" },
  XR: { task: "accepted" },
};

const taskOf: Readonly<Partial<Record<ServiceRequest["status"], Task["status"]>>> = {
  active: "in-progress",
  completed: "completed",
  "on-hold": "on-hold",
  revoked: "cancelled",
};

/** ORC-5 says it of the order where it is sent, else ORC-1. */
export function replyMeaning(orc: SegmentReader | undefined): ReplyMeaning {
  const control = orc?.text(1) ?? "";
  if (orc?.peek(5) === undefined) return meanings[control] ?? {};
  const order = orderStatus(orc);
  if (order === undefined) return meanings[control] ?? {};
  const task = meanings[control]?.task ?? taskOf[order];
  return task === undefined ? { order } : { order, task };
}
