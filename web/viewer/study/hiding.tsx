import { useMemo } from "react";
import { HideDrawer, type HidingChoice } from "../../imaging/hide-drawer.tsx";
import "../../imaging/imaging.css";
import { type Desk, useActivePane, useDesk } from "./desk-context.ts";

/** What of the study may be hidden now: the image that is shown, its series, all of it. None where another study is shown. */
export function useHidingChoices({ study }: Desk): readonly HidingChoice[] {
  const { stack, paper, cut, index } = useActivePane();
  return useMemo(() => {
    const series = paper ?? stack?.series;
    const whole = { study: study.uid, label: "All of the study" };
    if (series === undefined) return [whole];
    if (series.studyUid !== study.uid) return [];
    const ofSeries = { study: study.uid, series: series.uid };
    const frame = cut === "acquired" ? stack?.frames[index] : undefined;
    const image =
      frame === undefined
        ? []
        : [{ ...ofSeries, instance: frame.sopInstance, label: `This image, ${index + 1} of ${stack?.frames.length}` }];
    return [
      ...image,
      { ...ofSeries, label: `This series: ${series.description ?? series.modality ?? "no description"}` },
      whole,
    ];
  }, [study, stack, paper, cut, index]);
}

/** Hides images of the study that is open, and opens what is left of it. */
export function Hiding({ onClose }: { onClose(): void }) {
  const desk = useDesk();
  const choices = useHidingChoices(desk);
  return <HideDrawer choices={choices} onClose={onClose} onHidden={() => window.location.reload()} />;
}
