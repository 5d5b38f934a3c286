import type { ReplayState, ReplayView, ShadowRunView, ShadowState } from "../api/replays.ts";
import { present } from "../messages/present.ts";
import type { KnownReplay } from "./replay-document.ts";
import type { KnownShadowRun } from "./shadow/shadow-document.ts";

const replayTexts: Readonly<Record<ReplayState, string>> = {
  previewing: "Looks at what would change",
  previewed: "Waits for a person to start it",
  running: "Runs",
  paused: "Paused",
  stopped: "Stopped by a person",
  done: "Done",
  failed: "Failed",
};

const shadowTexts: Readonly<Record<ShadowState, string>> = {
  running: "Runs",
  done: "Done",
  stopped: "Stopped by a person",
  failed: "Failed",
};

export function replayView({ id, replay }: KnownReplay): ReplayView {
  const { messages: _messages, preview: _preview, configurationVersion: _version, ...shown } = replay;
  return { id, ...shown, stateText: replayTexts[replay.state] };
}

export function shadowRunView({ id, run }: KnownShadowRun): ShadowRunView {
  const { configuration, report: _report, ...shown } = run;
  const version = "version" in configuration ? configuration.version : undefined;
  return present<ShadowRunView>({ id, ...shown, version, stateText: shadowTexts[run.state] });
}
