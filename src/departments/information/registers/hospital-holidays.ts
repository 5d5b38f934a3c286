import type { Context } from "#access";
import { incorrect, limits, ok, type Result } from "#kernel";
import { type KindDefinition, noEntries, parseBody } from "#record";
import type { Holiday } from "../clock/bank-holidays.ts";

const settingsKind = "GovernanceSettings";

const holidaysId = "holidays";

type HospitalHolidays = { readonly holidays: readonly Holiday[] };

/** Settings of information governance that people change while Corridor runs. */
export const settingsDefinition: KindDefinition = {
  kind: settingsKind,
  check: ({ holidays }) =>
    Array.isArray(holidays)
      ? []
      : [incorrect("element-invalid", "holidays is missing.", { where: `${settingsKind}.holidays` })],
  index: () => noEntries,
};

/** The holidays that the hospital has added to those of the law: none at first. */
export async function hospitalHolidays({ record }: Context): Promise<Result<readonly Holiday[]>> {
  const read = await record.readMany([{ kind: settingsKind, id: holidaysId }]);
  if (!read.ok) return read;
  const [found] = read.value;
  return ok(found === undefined ? [] : parseBody<HospitalHolidays>(found).holidays);
}

export interface HolidayOrder {
  readonly holidays: readonly { readonly day: string; readonly name: string }[];
}

/** What is due is worked out by them from the next look on. They count everywhere. */
export async function setHospitalHolidays(
  { record }: Context,
  order: HolidayOrder,
): Promise<Result<readonly Holiday[]>> {
  const holidays = order.holidays
    .slice(0, limits.governanceHolidaysMax)
    .map(({ day, name }): Holiday => ({ day, name, places: ["england", "scotland", "northern-ireland"] }));
  const written = await record.transact({
    operations: [{ action: "update", kind: settingsKind, id: holidaysId, body: { holidays } as never }],
  });
  return written.ok ? ok(holidays) : written;
}
