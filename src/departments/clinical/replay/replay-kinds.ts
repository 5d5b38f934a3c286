import { incorrect, type JsonObject, type Problem } from "#kernel";
import { type IndexEntries, type KindDefinition, noEntries } from "#record";
import { replayStates, shadowStates } from "../api/replays.ts";
import { replayKind } from "./replay.ts";
import { shadowRunKind } from "./shadow/shadow-run.ts";

/** What the record knows of replays and shadow runs. Found by `state`, and by the time they were asked for. */
export const replayKinds: readonly KindDefinition[] = [
  { kind: replayKind, check: (body) => problemsOf(body, { kind: replayKind, states: replayStates }), index: entries },
  {
    kind: shadowRunKind,
    check: (body) => problemsOf(body, { kind: shadowRunKind, states: shadowStates }),
    index: entries,
  },
];

function entries({ state, askedAt }: JsonObject): IndexEntries {
  const fromMs = Date.parse(String(askedAt));
  return {
    ...noEntries,
    keys: [`state=${String(state)}`],
    dates: [{ parameter: "asked", fromMs, toMs: fromMs + 1 }],
  };
}

/** Only Corridor writes these: what is checked is what later readers rely on. */
function problemsOf(
  body: JsonObject,
  { kind, states }: { readonly kind: string; readonly states: readonly string[] },
): readonly Problem[] {
  const checks: readonly (readonly [element: string, isSound: boolean])[] = [
    ["state", states.includes(String(body.state))],
    ["askedAt", !Number.isNaN(Date.parse(String(body.askedAt)))],
    ["askedBy", typeof body.askedBy === "object"],
    ["choice", typeof body.choice === "object"],
    ["done", Number.isSafeInteger(body.done)],
  ];
  return checks
    .filter(([, isSound]) => !isSound)
    .map(([element]) =>
      incorrect("element-invalid", `${element} is missing or not sound.`, { where: `${kind}.${element}` }),
    );
}
