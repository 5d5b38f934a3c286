import type { Interpretation } from "#departments/clinical/api";
import type { IconName } from "../../parts/icon/icon.tsx";
import type { TagTone } from "../../parts/tag/tag.tsx";

export interface FlagLook {
  readonly tone: TagTone;
  /** Nothing for what needs no picture: normal, susceptible. */
  readonly icon?: IconName;
  /** True for what a reader should stop at. */
  readonly calls: boolean;
}

/** How a flag looks: direction as an arrow, gravity as a ground; the letter and the word are always there too. */
export function flagLook(interpretation: Interpretation): FlagLook {
  const arrow = directionIcon(interpretation);
  switch (interpretation.tone) {
    case "critical":
      return { tone: "critical", icon: arrow ?? "alert", calls: true };
    case "abnormal":
      return { tone: interpretation.direction === "low" ? "low" : "high", icon: arrow ?? "alert", calls: true };
    case "resistant":
      return { tone: "high", icon: "cross", calls: true };
    case "intermediate":
      return { tone: "warn", icon: "hold", calls: true };
    case "susceptible":
      return { tone: "good", icon: "check", calls: false };
    case "normal":
    case "unknown":
      return { tone: "plain", calls: false };
  }
}

function directionIcon(interpretation: Interpretation): IconName | undefined {
  if (interpretation.direction === "high") return "up";
  return interpretation.direction === "low" ? "down" : undefined;
}
