import type { Context } from "#access";
import { instant, ok, type Result, toIso } from "#kernel";
import type { ArrivalsView } from "../../api/image-keeping.ts";

/** What came today, by the hospital's clock, and the last check of all objects. */
export async function fetchArrivals({ images, clock, hospitalTime }: Context): Promise<Result<ArrivalsView>> {
  if (!images.keeping.ok) return images.keeping;
  const { value: keeping } = images.keeping;
  const day = hospitalTime.day(clock.now());
  const arrivals = await keeping.arrivals(instant(hospitalTime.startOfDay(day)));
  if (!arrivals.ok) return arrivals;
  const check = await keeping.lastCheck();
  if (!check.ok) return check;
  const { total, hours, modalities, sources, refusals } = arrivals.value;
  return ok({
    day,
    total,
    hours,
    modalities,
    sources,
    refusals: refusals.map(({ at, ...refusal }) => ({ ...refusal, at: toIso(at) })),
    ...(check.value === undefined ? {} : { check: { ...check.value, at: toIso(check.value.at) } }),
  });
}
