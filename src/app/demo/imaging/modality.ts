import type { Clock, HospitalTime } from "#kernel";
import type { DimseClient } from "#standards/dimse";
import { type PhantomStudy, uidFrom } from "#standards/phantoms";
import { hospitalName } from "../hospital/wards.ts";
import { seedOf } from "../random.ts";
import { type ExaminationName, examinations, stations } from "./examinations.ts";
import { type Conversation, commit, readWorklist, tellBegun, tellEnded } from "./modality-talk.ts";
import { type Moment, momentOf } from "./moment.ts";
import type { PhantomPainter } from "./phantom-objects.ts";
import type { ArchiveNode, SentObject } from "./send-study.ts";
import { sendStudy } from "./send-study.ts";
import type { WorklistEntry } from "./worklist-entry.ts";

export interface ModalityNeeds {
  readonly client: DimseClient;
  readonly painter: PhantomPainter;
  readonly node: Omit<ArchiveNode, "callingAe">;
  readonly hospitalTime: HospitalTime;
}

/** What became of one look at the worklist. */
export type ModalityRound =
  | { readonly is: "nothing-to-do" }
  | { readonly is: "failed"; readonly step: string; readonly code: string }
  | { readonly is: "done"; readonly entry: WorklistEntry; readonly objects: number; readonly isCommitted: boolean };

/**
 * What a modality does for one examination: asks for its worklist, tells that it begins, sends the images, tells that it is done,
 * and asks whether they will be kept.
 */
export async function modalityRound(
  needs: ModalityNeeds,
  { stationAe, clock, signal }: { readonly stationAe: string; readonly clock: Clock; readonly signal: AbortSignal },
): Promise<ModalityRound> {
  const { client, hospitalTime } = needs;
  const talk: Conversation = { client, hospitalTime, node: { ...needs.node, callingAe: stationAe } };
  const nowMs = clock.now();
  const listed = await readWorklist(talk, { stationAe, nowMs });
  if (!listed.ok) return { is: "failed", step: "worklist", code: listed.problems[0].code };
  const [entry] = listed.value;
  if (entry === undefined || signal.aborted) return { is: "nothing-to-do" };
  const stepUid = uidFrom("performed", entry.studyInstanceUid, entry.stepId, nowMs);
  const begun = await tellBegun(talk, { entry, stepUid, nowMs });
  if (!begun.ok) return { is: "failed", step: "begin", code: begun.problems[0].code };
  const study = studyOf(entry, { stepUid, moment: momentOf(nowMs, hospitalTime) });
  const bySeries = new Map<string, SentObject[]>();
  const objects = needs.painter.objects(study, { examination: examinationOf(entry), isLarge: false });
  const sent = await sendStudy(noted(objects, bySeries), { ...talk, signal });
  const ended = await tellEnded(talk, { stepUid, nowMs: clock.now(), bySeries, isWhole: sent.ok && !signal.aborted });
  if (!sent.ok) return { is: "failed", step: "send", code: sent.problems[0].code };
  if (!ended.ok) return { is: "failed", step: "end", code: ended.problems[0].code };
  const isCommitted = await commit(talk, { transaction: stepUid, objects: sent.value });
  return { is: "done", entry, objects: sent.value.length, isCommitted };
}

async function* noted<T extends SentObject & { readonly seriesInstance: string }>(
  objects: AsyncIterable<T>,
  bySeries: Map<string, SentObject[]>,
): AsyncGenerator<T> {
  for await (const object of objects) {
    const { sopClass, sopInstance, seriesInstance } = object;
    bySeries.set(seriesInstance, [...(bySeries.get(seriesInstance) ?? []), { sopClass, sopInstance }]);
    yield object;
  }
}

/** By the code of the order; where that is none of ours, whatever the station makes. */
function examinationOf({ code, modality }: WorklistEntry): ExaminationName {
  const names = Object.keys(examinations) as ExaminationName[];
  const byCode = names.find((name) => examinations[name].code === code?.[0]);
  return byCode ?? names.find((name) => examinations[name].modality === modality) ?? "chest";
}

function studyOf(entry: WorklistEntry, { stepUid, moment }: { stepUid: string; moment: Moment }): PhantomStudy {
  return {
    seed: seedOf(entry.patient.id, "anatomy"),
    patient: entry.patient,
    accessionNumber: entry.accessionNumber,
    description: entry.requestedProcedure,
    ...moment,
    referringPhysician: entry.referringPhysician,
    institution: hospitalName,
    station: entry.stationAe,
    studyInstanceUid: entry.studyInstanceUid,
    step: {
      procedureId: entry.requestedProcedureId,
      procedure: entry.requestedProcedure,
      stepId: entry.stepId,
      stepDescription: entry.stepDescription,
      performedStepUid: stepUid,
      ...(entry.code === undefined ? {} : { code: entry.code }),
    },
  };
}

/** Every room of the department, by AE title. */
export const stationAes: readonly string[] = Object.values(stations);
