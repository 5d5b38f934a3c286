import type { NearClause, Surroundings } from "#record";
import { parameterKey } from "./index-key.ts";
import { anyOf, type Rows, rowName } from "./rows.ts";
import type { SqlText } from "./sql-text.ts";

/** The mean radius of the Earth (IUGG): a circle's edge is right to half a percent. */
const earthMetres = 6_371_008.8;

/** The row stands within one of the circles: the degrees north are a range of an index, the distance is then worked out. */
export function nearCondition(rows: Rows, { north, east, any }: NearClause): string {
  const { sql, kind } = rows;
  const [northKey, eastKey] = [north, east].map((name) => sql.bind(parameterKey(kind, name), "bigint"));
  return `exists (select from number_entry n join number_entry e on e.position = n.position and e.parameter = ${eastKey}
    where n.position = ${rowName(rows)}.position and n.parameter = ${northKey}
      and ${anyOf(any.map((circle) => withinCondition(sql, circle)))})`;
}

/** By the haversine of the angle between both. */
function withinCondition(sql: SqlText, { latitude, longitude, metres }: Surroundings): string {
  const degrees = ((metres / earthMetres) * 180) / Math.PI + 1e-9;
  const [low, high] = [latitude - degrees, latitude + degrees].map((bound) => sql.bind(bound, "float8"));
  const [north, east] = [latitude, longitude].map((degree) => sql.bind(degree, "float8"));
  const haversine = `sin(radians(n.low - ${north}) / 2) ^ 2
    + cos(radians(${north})) * cos(radians(n.low)) * sin(radians(e.low - ${east}) / 2) ^ 2`;
  const angle = sql.bind(metres / earthMetres, "float8");
  return `(n.low between ${low} and ${high} and 2 * asin(sqrt(least(1, ${haversine}))) <= ${angle})`;
}
