import type { Context } from "#access";
import { tagNamed } from "#standards/dicom";
import {
  type DimseRequest,
  type DimseService,
  type Matches,
  type NormalizedOperation,
  type NormalizedReply,
  type QueryRequest,
  type Status,
  sopClasses,
  statuses,
  statusOf,
  success,
} from "#standards/dimse";
import { findWorklist } from "./find-worklist.ts";
import { studyUidOf } from "./imaging-step.ts";
import { attributesOf } from "./performed-step.ts";
import { beginStep, changeStep, performedStep, type Telling } from "./tell-step.ts";

/** As whom the other side acts. */
export type ContextOf<Caller> = (request: DimseRequest<Caller>) => Context;

/** The worklist for modalities and what they tell of their work. Source: PS3.4 Annexes F and K. */
export function worklistServices<Caller>(contextOf: ContextOf<Caller>): readonly DimseService<Caller>[] {
  return [
    { sopClasses: [sopClasses.modalityWorklistFind], find: (request) => worklist(contextOf(request), request) },
    {
      sopClasses: [sopClasses.modalityPerformedProcedureStep],
      normalized: (request) => told(tellingOf(contextOf, request), { request, ids: contextOf(request).ids }),
    },
    {
      sopClasses: [sopClasses.modalityPerformedProcedureStepRetrieve],
      normalized: (request) => asked(tellingOf(contextOf, request), request),
    },
  ];
}

function tellingOf<Caller>(contextOf: ContextOf<Caller>, request: DimseRequest<Caller>): Telling {
  return { context: contextOf(request), callingAe: request.association.callingAe };
}

async function* worklist(context: Context, { identifier }: QueryRequest): AsyncGenerator<Matches, Status, void> {
  for await (const page of findWorklist(context, identifier)) {
    if (!page.ok) return statusOf(page.problems[0], "C-FIND");
    if (page.value.length > 0) yield { identifiers: page.value };
  }
  return success;
}

interface TellingRequest {
  readonly request: NormalizedOperation;
  readonly ids: Context["ids"];
}

async function told(telling: Telling, { request, ids }: TellingRequest): Promise<NormalizedReply> {
  switch (request.operation) {
    case "N-CREATE": {
      const { dataSet, sopInstance = studyUidOf(ids.next()) } = request;
      if (dataSet === undefined) return { status: { code: statuses.missingAttribute } };
      return replyOf(await beginStep(telling, { sopInstance, told: dataSet }));
    }
    case "N-SET":
      return replyOf(await changeStep(telling, { sopInstance: request.sopInstance, told: request.dataSet }));
    default:
      return { status: { code: statuses.unrecognizedOperation } };
  }
}

/** N-GET: what was told of a step, or the attributes of it that are asked for. */
async function asked({ context }: Telling, request: NormalizedOperation): Promise<NormalizedReply> {
  if (request.operation !== "N-GET") return { status: { code: statuses.unrecognizedOperation } };
  const found = await performedStep(context, request.sopInstance);
  if (!found.ok) return { status: statusOf(found.problems[0], "N") };
  if (found.value === undefined) return { status: { code: statuses.noSuchSopInstance } };
  const all = attributesOf(found.value.before);
  const wanted = new Set([...request.attributes, tagNamed("SpecificCharacterSet")]);
  const isAll = request.attributes.length === 0;
  return {
    status: success,
    dataSet: isAll ? all : all.replacedBy(all.elements.filter(({ tag }) => wanted.has(tag))),
  };
}

function replyOf(outcome: Awaited<ReturnType<typeof beginStep>>): NormalizedReply {
  return outcome.ok ? outcome.value : { status: statusOf(outcome.problems[0], "N") };
}
