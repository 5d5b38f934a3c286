import type { Period, Quantity, ServiceRequest } from "#standards/fhir";
import { bareQuantity } from "../messages/datatypes/numbers.ts";
import { dateTimeIn } from "../messages/datatypes/ts.ts";
import type { OrderGroup } from "../messages/groups.ts";
import type { FieldReader } from "../messages/message-reader.ts";
import { presentOrNone } from "../messages/present.ts";

type Timing = Pick<ServiceRequest, "occurrenceDateTime" | "occurrencePeriod" | "quantityQuantity">;

/**
 * When and how much: TQ1 where there is one, else ORC-7 or OBR-27, else the time asked for in OBR-6. Of the ways to say
 * it, start and end are carried over; repeat patterns are not.
 * Source: v2-to-FHIR TQ1[ServiceRequest], TQ[ServiceRequest], OBR-6.
 */
export function orderTiming({ timings: [tq1], orc, obr }: OrderGroup): Timing {
  if (tq1 !== undefined) {
    const period = presentOrNone<Period>({ start: dateTimeIn(tq1.field(7)), end: dateTimeIn(tq1.field(8)) });
    return { ...quantityFrom(tq1.field(2)), ...occurrence(period) };
  }
  const field = orc?.field(7) ?? obr?.field(27);
  const period = field && presentOrNone<Period>({ start: dateTimeIn(field, 4), end: dateTimeIn(field, 5) });
  const requestedAt = period === undefined ? dateTimeIn(obr?.field(6)) : undefined;
  return {
    ...quantityFrom(field),
    ...(requestedAt === undefined ? occurrence(period) : { occurrenceDateTime: requestedAt }),
  };
}

function occurrence(period: Period | undefined): Timing {
  if (period === undefined) return {};
  return period.end === undefined && period.start !== undefined
    ? { occurrenceDateTime: period.start }
    : { occurrencePeriod: period };
}

/** CQ in the first component: `2&TAB` or just `1`. */
function quantityFrom(field: FieldReader | undefined): Timing {
  const quantity = bareQuantity(field?.peek(1, 1) ?? "");
  if (field === undefined || quantity === undefined) return {};
  field.text(1, 1);
  const unit = field.text(1, 2);
  const amount: Quantity = unit === undefined ? quantity : { ...quantity, unit };
  return { quantityQuantity: amount };
}
