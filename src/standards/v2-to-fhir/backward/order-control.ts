import { failed, incorrect, ok, type Result } from "#kernel";
import { codeMeaning, codeTableOf, meaningOf } from "../code-tables.ts";
import type { FhirResource } from "./resource-set.ts";

export interface OrderControl {
  /** ORC-1. Source: HL7 v2.5.1 table 0119. */
  readonly control: "NW" | "XO" | "CA" | "HD" | "RL" | "SC";
  /** ORC-5, where ORC-1 alone would be read as another status. */
  readonly status?: string;
}

const placed: ReadonlySet<string> = new Set(["active", "on-hold"]);
const orderIntents: ReadonlySet<string> = new Set([
  "order",
  "original-order",
  "reflex-order",
  "filler-order",
  "instance-order",
]);

/** Whether an order has been placed: what is a draft, a plan or a proposal is none yet. */
export function isPlaced({ status, intent }: FhirResource): boolean {
  return orderIntents.has(String(intent)) && status !== "draft";
}

/**
 * What a version of an order asks of who carries it out, given the version that was told of before; absent: none was.
 * Problems: incorrect `order-not-placed`; `order-status-unknown`.
 */
export function orderControl(order: FhirResource, before?: FhirResource): Result<OrderControl> {
  const where = "ServiceRequest.status";
  if (!isPlaced(order)) return failed(incorrect("order-not-placed", "The order has not been placed.", { where }));
  const earlier = before !== undefined && isPlaced(before) ? String(before.status) : undefined;
  const control = controlOf(String(order.status), earlier);
  if (control === undefined)
    return failed(incorrect("order-status-unknown", "The status of the order has no order control code.", { where }));
  return ok(withStatus(control, String(order.status)));
}

function controlOf(status: string, earlier: string | undefined): OrderControl["control"] | undefined {
  switch (status) {
    case "active":
      return earlier === undefined ? "NW" : earlier === "on-hold" ? "RL" : placed.has(earlier) ? "XO" : "SC";
    case "on-hold":
      return earlier === undefined ? "NW" : "HD";
    case "revoked":
    case "entered-in-error":
      return "CA";
    case "completed":
      return "SC";
    default:
      return undefined;
  }
}

function withStatus(control: OrderControl["control"], status: string): OrderControl {
  const [controls, statuses] = [codeTableOf("OrderControlCode[ServiceRequest.status]"), codeTableOf("OrderStatus")];
  const read = controls === undefined ? undefined : meaningOf(controls, control)?.code;
  const code = statuses === undefined || read === status ? undefined : codeMeaning(statuses, status);
  return code === undefined ? { control } : { control, status: code };
}
