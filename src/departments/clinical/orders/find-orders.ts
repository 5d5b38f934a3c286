import { conflict, limits, ok, type Problem, type Result } from "#kernel";
import { type HealthRecord, parseBody, tokenKey } from "#record";
import type { MessageGroups, OrderGroup } from "../messages/groups.ts";
import type { KnownOrder, OrdersOf } from "./from-reply.ts";
import { type OrderNumbers, orderNumbers } from "./service-request.ts";

export type FoundOrders =
  | { readonly is: "found"; readonly ordersOf: OrdersOf /** `Patient/7c…` */; readonly patient: string }
  | { readonly is: "refused"; readonly problems: readonly [Problem, ...Problem[]] };

/**
 * The orders of the record that a reply speaks of: by the placer's number, else by the filler's; where it names a test, the
 * one of that test. `order-not-known`, `several-patients-match`. Problems: those of the record.
 */
export async function findOrders(record: HealthRecord, { orders }: MessageGroups): Promise<Result<FoundOrders>> {
  const values = orders.flatMap((group) => numberOf(orderNumbers(group)) ?? []);
  if (values.length === 0) return ok({ is: "refused", problems: [notKnown] });
  const found = await record.search({
    kind: "ServiceRequest",
    all: [{ is: "key", any: [...new Set(values)].map((value) => tokenKey("identifier", undefined, value)) }],
    sort: { by: "updated", descending: false },
    limit: limits.pageSizeMax,
  });
  if (!found.ok) return found;
  const known = found.value.versions.map((version) => parseBody<KnownOrder>(version));
  const ordersOf = (group: OrderGroup) => ordersIn(known, group);
  const subjects = new Set(orders.flatMap(ordersOf).map(({ subject }) => subject.reference ?? ""));
  const [patient, another] = subjects;
  if (patient === undefined) return ok({ is: "refused", problems: [notKnown] });
  if (another !== undefined) return ok({ is: "refused", problems: [several] });
  return ok({ is: "found", ordersOf, patient });
}

function ordersIn(known: readonly KnownOrder[], group: OrderGroup): readonly KnownOrder[] {
  const value = numberOf(orderNumbers(group));
  const numbered = known.filter(({ identifier }) => identifier?.some((each) => each.value === value));
  const test = group.obr?.peek(4) ?? group.obr?.peek(4, 2);
  const ofTest = numbered.filter(({ code }) =>
    code?.coding?.some((coding) => coding.code === test || coding.display === test),
  );
  return test === undefined || ofTest.length === 0 ? numbered : ofTest;
}

function numberOf({ placer, filler }: OrderNumbers): string | undefined {
  return placer?.value ?? filler?.value;
}

const where = "ORC[1]-2";
const notKnown = conflict("order-not-known", "The record has no order of the number that is answered.", { where });
const several = conflict("several-patients-match", "The orders that are answered are of several patients.", { where });
