import { incorrect, type JsonObject, type Problem } from "#kernel";
import { type IndexEntries, type KindDefinition, noEntries } from "#record";
import { type PatientMerge, patientMergeKind, patientMergeStates } from "./patient-merge.ts";

/** What the record knows of merges. They are found by `state`, `patient` (either of the two) and `message`. */
export const patientMergeDefinition: KindDefinition = {
  kind: patientMergeKind,
  check: (body) => problemsOf(body),
  index: (body) => entriesOf(body as unknown as PatientMerge),
};

function entriesOf({ state, discarded, survivor, message, recordedAt }: PatientMerge): IndexEntries {
  const fromMs = Date.parse(recordedAt);
  return {
    ...noEntries,
    keys: [
      `state=${state}`,
      `patient=${discarded.reference}`,
      ...(survivor.reference === discarded.reference ? [] : [`patient=${survivor.reference}`]),
      `message=${message}`,
    ],
    dates: [{ parameter: "recorded", fromMs, toMs: fromMs + 1 }],
  };
}

/** Only Corridor writes these, so what is checked is what later readers rely on. */
function problemsOf(body: JsonObject): readonly Problem[] {
  const { discarded, survivor } = body as unknown as Partial<PatientMerge>;
  const checks: readonly (readonly [element: string, isSound: boolean])[] = [
    ["state", patientMergeStates.some((state) => state === body.state)],
    ["discarded", typeof discarded?.reference === "string"],
    ["survivor", typeof survivor?.reference === "string" && survivor.reference !== discarded?.reference],
    ["recordedAt", typeof body.recordedAt === "string" && !Number.isNaN(Date.parse(body.recordedAt))],
    ["message", typeof body.message === "string"],
    ["steps", Number.isInteger(body.steps) && Number.isInteger(body.moved)],
  ];
  return checks
    .filter(([, isSound]) => !isSound)
    .map(([element]) =>
      incorrect("element-invalid", `${element} is missing or not sound.`, { where: `PatientMerge.${element}` }),
    );
}
