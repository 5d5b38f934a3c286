import type { z } from "zod";
import { type Actor, answersQuery, type Context, placeInRecord, readCursor, writeCursor } from "#access";
import { limits, ok, type Result, type Route } from "#kernel";
import { parseBody, tokenKey } from "#record";
import type { Patient, Task } from "#standards/fhir";
import { type ImagingStepView, type ImagingWorklistPage, worklistQuery } from "../../api/imaging-worklist.ts";
import { type ImagingStep, stepCode, stepOf } from "./imaging-step.ts";
import { nameText } from "./patient-values.ts";

export interface WorklistRoutesNeeds {
  /** Who keeps the archive sees its worklist, whoever it is about, under their own name. */
  forWorklist(actor: Actor): Pick<Context, "record">;
}

/** The worklist as people look at it. */
export function worklistRoutes({ forWorklist }: WorklistRoutesNeeds): readonly Route<Context>[] {
  return [
    {
      method: "GET",
      path: "/api/clinical/images/worklist",
      policy: "images.keep",
      summary: "What was ordered of the modalities, in which room it waits, and what became of it",
      handle: answersQuery(worklistQuery, (query, { context }) => fetchSteps(forWorklist(context.actor), query)),
    },
  ];
}

async function fetchSteps(
  { record }: Pick<Context, "record">,
  { state, cursor, count }: z.infer<typeof worklistQuery>,
): Promise<Result<ImagingWorklistPage>> {
  const after = readCursor(cursor, placeInRecord);
  if (!after.ok) return after;
  const states = state === undefined ? [] : [{ is: "key", any: [tokenKey("status", undefined, state)] } as const];
  const found = await record.search({
    kind: "Task",
    all: [{ is: "key", any: [tokenKey("code", stepCode.system, stepCode.code)] }, ...states],
    sort: { by: "updated", descending: true },
    limit: count ?? limits.pageSizeMax,
    ...(after.value === undefined ? {} : { after: after.value }),
  });
  if (!found.ok) return found;
  const steps = found.value.versions.flatMap((version) => stepOf(parseBody<Task>(version)) ?? []);
  const names = await namesOf(record, steps);
  if (!names.ok) return names;
  const { next } = found.value;
  return ok({
    steps: steps.map((step) => viewOf(step, names.value)),
    ...(next === undefined ? {} : { next: writeCursor(next) }),
  });
}

async function namesOf(
  record: Context["record"],
  steps: readonly ImagingStep[],
): Promise<Result<ReadonlyMap<string, string>>> {
  const ids = [...new Set(steps.map(patientIdOf))];
  const read = ids.length === 0 ? ok([]) : await record.readMany(ids.map((id) => ({ kind: "Patient", id })));
  if (!read.ok) return read;
  return ok(new Map(read.value.map((version) => [version.id, nameText(parseBody<Patient>(version))])));
}

function patientIdOf({ patient }: ImagingStep): string {
  return patient.replace(/^Patient\//, "");
}

function viewOf(step: ImagingStep, names: ReadonlyMap<string, string>): ImagingStepView {
  const { status: state, order, accession, studyUid, description, modality, stationAe, priority, plannedAt } = step;
  const patientId = patientIdOf(step);
  return {
    order,
    state,
    patientId,
    patientName: shownName(names.get(patientId) ?? ""),
    accession,
    studyUid,
    description,
    modality,
    stationAe,
    priority,
    plannedAt,
    ...(step.begunAt === undefined ? {} : { begunAt: step.begunAt }),
    ...(step.endedAt === undefined ? {} : { endedAt: step.endedAt }),
    ...(step.why?.text === undefined ? {} : { why: step.why.text }),
  };
}

/** `WRIGHT, Julie (Ms)`, as everywhere on screen, of a PN. */
function shownName(name: string): string {
  const [family = "", given = "", middle = "", prefix = ""] = name.split("^");
  const forenames = [given, middle].filter(Boolean).join(" ");
  const whole = [family.toUpperCase(), forenames].filter(Boolean).join(", ");
  return prefix === "" ? whole : `${whole} (${prefix})`;
}
