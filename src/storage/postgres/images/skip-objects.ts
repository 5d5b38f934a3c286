import type { LevelConditions } from "./find-conditions.ts";

/** How a statement leaves out the first rows: what stands before it, in it and behind it. */
export interface Skip {
  readonly before: string;
  readonly where: readonly string[];
  readonly offset: string;
}

/** What is shown of each series is counted there, so that objects need not be gone through where nothing is asked of them. */
export function isCountable({ instance }: LevelConditions): boolean {
  return instance.every((condition) => condition === "i.rejected is null");
}

/**
 * Leaves out so many objects by the counts of studies, then by those of the series of one study, and goes through the objects of
 * one series: as fast behind a hundred thousand as behind a few.
 */
export function counted(many: string, conditions: LevelConditions): Skip {
  const study = conditions.study.join(" and ");
  const series = conditions.series.join(" and ");
  const ofStudies = `(select s.study, s.instance_count as objects, sum(s.instance_count) over (order by s.study) as upto
    from image_study s where ${study})`;
  const isWholeStudies = conditions.series.every((condition) => condition === "e.instance_count > 0");
  const ofSeries = (before: string, from: string) => `(select e.study, e.number, e.series, e.instance_count as objects,
      ${before} + sum(e.instance_count) over (order by e.study, e.number, e.series) as upto
    from image_series e join image_study s on s.study = e.study where ${from} ${study} and ${series})`;
  const atStudy = `at_study as (select study, upto - objects as before from ${ofStudies} as u where upto > ${many}
    order by study limit 1),`;
  const candidates = isWholeStudies
    ? ofSeries("(select before from at_study)", "e.study >= (select study from at_study) and")
    : ofSeries("0", "");
  return {
    before: `with ${isWholeStudies ? atStudy : ""} at_series as (
      select study, number, series, ${many} - (upto - objects) as skip from ${candidates} as u where upto > ${many}
      order by study, number, series limit 1)`,
    where: [
      "e.study >= (select study from at_series)",
      "(e.study, e.number, e.series) >= (select study, number, series from at_series)",
    ],
    offset: "offset (select skip from at_series)",
  };
}
