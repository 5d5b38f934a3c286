import { incorrect, type JsonObject, type Problem } from "#kernel";
import { type IndexEntries, type KindDefinition, noEntries } from "#record";
import { type SimulatorRun, simulatorRunKind, simulatorRunStates } from "./simulator-run.ts";

/** Runs of the simulator, found by `state` and by when they were started. */
export const simulatorRunDefinition: KindDefinition = {
  kind: simulatorRunKind,
  check: (body) => problemsOf(body),
  index: (body) => entriesOf(body as unknown as SimulatorRun),
};

function entriesOf({ state, startedAt }: SimulatorRun): IndexEntries {
  const fromMs = Date.parse(startedAt);
  return {
    ...noEntries,
    keys: [`state=${state}`],
    dates: [{ parameter: "started", fromMs, toMs: fromMs + 1 }],
  };
}

/** Only Corridor writes these, so what is checked is what later readers rely on. */
function problemsOf(body: JsonObject): readonly Problem[] {
  const { by, settings, title } = body as unknown as Partial<SimulatorRun>;
  const checks: readonly (readonly [element: string, isSound: boolean])[] = [
    ["state", simulatorRunStates.some((state) => state === body.state)],
    ["title", typeof title === "string"],
    ["by", typeof by?.reference === "string"],
    ["startedAt", typeof body.startedAt === "string" && !Number.isNaN(Date.parse(body.startedAt))],
    ["settings", typeof settings?.target?.by === "string" && typeof settings.traffic?.by === "string"],
  ];
  return checks
    .filter(([, isSound]) => !isSound)
    .map(([element]) =>
      incorrect("element-invalid", `${element} is missing or not sound.`, { where: `SimulatorRun.${element}` }),
    );
}
