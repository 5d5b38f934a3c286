/**
 * From a special unit's scale to that of the unit it is defined by, before that unit's own factor. By the names that
 * the table of units gives them. Source: UCUM §22 and table 28.
 */
export const specialScales: Readonly<Record<string, (value: number) => number>> = {
  // The offsets in steps of the unit itself; the factor (5/9, 5/4) follows.
  Cel: (value) => value + 273.15,
  degF: (value) => value + 459.67,
  degRe: (value) => value + 218.52,
  pH: (value) => 10 ** -value,
  ln: (value) => Math.exp(value),
  lg: (value) => 10 ** value,
  ld: (value) => 2 ** value,
  lgTimes2: (value) => 10 ** (value / 2),
  tanTimes100: (value) => Math.atan(value / 100),
  "100tan": (value) => (Math.atan(value / 100) * 180) / Math.PI,
  sqrt: (value) => value * value,
  hpX: (value) => 10 ** -value,
  hpC: (value) => 100 ** -value,
  hpM: (value) => 1_000 ** -value,
  hpQ: (value) => 50_000 ** -value,
};
