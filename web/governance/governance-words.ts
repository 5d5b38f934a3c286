import type { ClockView, DisclosureFlag, ItemState } from "#departments/information/api";
import { formatDate, formatDateTime } from "../parts/format/dates.ts";
import { countOf } from "../parts/format/numbers.ts";
import type { IconName } from "../parts/icon/icon.tsx";
import type { TagTone } from "../parts/tag/tag.tsx";

interface StateWords {
  readonly word: string;
  readonly tone: TagTone;
  readonly icon: IconName;
}

export const stateWords: Readonly<Record<ItemState, StateWords>> = {
  received: { word: "Received", tone: "accent", icon: "mail" },
  acknowledged: { word: "Acknowledged", tone: "accent", icon: "check" },
  "in-work": { word: "In work", tone: "accent", icon: "pencil" },
  waiting: { word: "Waiting", tone: "warn", icon: "hold" },
  done: { word: "Done", tone: "good", icon: "check-round" },
  refused: { word: "Refused", tone: "plain", icon: "cross" },
  draft: { word: "Draft", tone: "plain", icon: "pencil" },
  "in-force": { word: "In force", tone: "good", icon: "check-round" },
  retired: { word: "Retired", tone: "plain", icon: "cross" },
};

export const flagWords: Readonly<Record<DisclosureFlag, string>> = {
  "third-party": "Somebody else",
  "serious-harm": "Serious harm",
  "free-text": "Words to read",
  sensitive: "Labelled sensitive",
};

/** A clock that has fewer days left is shown as one to look at. */
const soonDays = 5;

interface ClockWords {
  readonly text: string;
  readonly tone: TagTone;
  readonly icon: IconName;
}

/** How a clock stands, in a few words: the colour says no more than they do. */
export function clockWords(clock: ClockView): ClockWords {
  const { state, dueDay, dueAt, daysLeft, hoursLeft, endedAt } = clock;
  switch (state) {
    case "met":
      return { text: `In time, ${formatDate(endedAt ?? "")}`, tone: "good", icon: "check" };
    case "late":
      return { text: `Late, ${formatDate(endedAt ?? "")}`, tone: "bad", icon: "clock" };
    case "stopped":
      return { text: "Clock stopped", tone: "warn", icon: "hold" };
    case "overdue":
      return { text: `Overdue by ${overdueBy(clock)}`, tone: "bad", icon: "alert" };
    case "running": {
      if (hoursLeft !== undefined) {
        return {
          text: `${countOf(hoursLeft, "hour")} left, ${formatDateTime(dueAt)}`,
          tone: hoursLeft < 24 ? "warn" : "plain",
          icon: "clock",
        };
      }
      const left = daysLeft === 0 ? "Due today" : `${countOf(daysLeft ?? 0, "day")} left`;
      return {
        text: `${left}, ${formatDate(dueDay)}`,
        tone: (daysLeft ?? 0) <= soonDays ? "warn" : "plain",
        icon: "clock",
      };
    }
  }
}

function overdueBy({ daysLeft, hoursLeft }: ClockView): string {
  if (hoursLeft !== undefined) return countOf(-hoursLeft, "hour");
  return countOf(-(daysLeft ?? 0), "day");
}
