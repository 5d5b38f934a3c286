import type { RunRow } from "#departments/clinical/api";
import { countOf, formatCount } from "../../parts/format/numbers.ts";
import type { IconName } from "../../parts/icon/icon.tsx";
import type { TagTone } from "../../parts/tag/tag.tsx";

type Settings = RunRow["settings"];

interface Look {
  readonly word: string;
  readonly tone: TagTone;
  readonly icon: IconName;
}

const looks: Readonly<Record<RunRow["state"], Look>> = {
  running: { word: "Playing", tone: "accent", icon: "clock" },
  done: { word: "Done", tone: "good", icon: "check" },
  stopped: { word: "Stopped", tone: "warn", icon: "cross" },
  failed: { word: "Not played", tone: "bad", icon: "alert" },
  interrupted: { word: "Interrupted", tone: "warn", icon: "cross" },
};

/** A run that came to its end, and of which something was not as it should be, does not look done. */
export function lookOf({ state, summary, notAsExpected = 0 }: RunRow): Look {
  if (state !== "done") return looks[state];
  if (notAsExpected > 0) return { word: "Different", tone: "bad", icon: "alert" };
  const unanswered = (summary?.unanswered ?? 0) + (summary?.unreachable ?? 0);
  return unanswered > 0 ? { word: "Unanswered", tone: "bad", icon: "alert" } : looks.done;
}

export function targetText({ target }: Pick<Settings, "target">): string {
  if (target.by === "http") return target.url;
  return `${target.isEncrypted ? "mllps" : "mllp"}://${target.host}:${target.port}`;
}

/** `Day of 2026-11-20, 300 patients, seed 1`. */
export function trafficText({ traffic }: Pick<Settings, "traffic">): string {
  if (traffic.by === "files") return `${traffic.name} (${countOf(traffic.files, "file")})`;
  return `Day of ${traffic.date}, ${countOf(traffic.patients, "patient")}, seed ${traffic.seed}`;
}

export function paceText({ pace, connections }: Pick<Settings, "pace" | "connections">): string {
  const over = countOf(connections, "connection");
  switch (pace.by) {
    case "speed":
      return `×${formatCount(pace.times)}, ${over}`;
    case "rate":
      return `${formatCount(pace.perSecond)} messages a second, ${over}`;
    case "acknowledged":
      return `as fast as acknowledged, ${over}`;
  }
}

/** `840 ms`, `12.5 s`, `3 min 20 s`. */
export function durationText(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1_000).toFixed(1)} s`;
  return `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1_000)} s`;
}
