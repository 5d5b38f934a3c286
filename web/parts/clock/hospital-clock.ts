import { type HospitalTime, hospitalTime } from "#kernel";

let current: HospitalTime | undefined;

/**
 * The clock that times are shown by: the hospital's, wherever the browser is. Nothing is shown by it before somebody is
 * signed in; on the pages before that it is the browser's own.
 */
export function hospitalClock(): HospitalTime {
  current ??= hospitalTime(Intl.DateTimeFormat().resolvedOptions().timeZone);
  return current;
}

/** Sets it to the zone that the session names. */
export function keepHospitalClock(timeZone: string): void {
  if (current?.timeZone !== timeZone) current = hospitalTime(timeZone);
}
