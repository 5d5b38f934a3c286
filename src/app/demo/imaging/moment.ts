import type { HospitalTime } from "#kernel";

/** By the clock on the hospital's wall, as DICOM writes it. Source: PS3.5 Table 6.2-1 (DA, TM). */
export interface Moment {
  /** `20261123` */
  readonly date: string;
  /** `093000` */
  readonly time: string;
}

export function momentOf(epochMs: number, { local }: HospitalTime): Moment {
  const { date, clock, seconds } = local(epochMs);
  return { date: date.replaceAll("-", ""), time: `${clock.replace(":", "")}${seconds}` };
}
