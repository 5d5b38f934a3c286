import { failed, type HospitalTime, type Log, ok, type Result } from "#kernel";
import type { DimseClient } from "#standards/dimse";
import { type Doors, hospitalSenders } from "../set-up/senders.ts";
import { examinations, stations } from "./examinations.ts";
import { imagingMessages } from "./imaging-messages.ts";
import type { PhantomPainter } from "./phantom-objects.ts";
import { type PlannedExamination, phantomStudyOf } from "./planned-examination.ts";
import { type ArchiveNode, sendStudy } from "./send-study.ts";

export interface FillImagesNeeds {
  readonly planned: readonly PlannedExamination[];
  readonly doors: Doors;
  readonly client: DimseClient;
  readonly painter: PhantomPainter;
  readonly node: Omit<ArchiveNode, "callingAe">;
  readonly hospitalTime: HospitalTime;
  readonly signal: AbortSignal;
  readonly log: Log;
}

export interface FilledImages {
  readonly studies: number;
  readonly objects: number;
}

/**
 * Orders and reports go over the link first, then the images by DIMSE from the room that made them. What was sent before is
 * known, and not kept twice. Problems: those of `sendStudy` and of the link.
 */
export async function fillImages(needs: FillImagesNeeds): Promise<Result<FilledImages>> {
  const told = await tellOrders(needs);
  if (!told.ok) return told;
  const { painter, client, hospitalTime, signal } = needs;
  let objects = 0;
  for (const examination of needs.planned) {
    if (signal.aborted) break;
    const callingAe = stations[examinations[examination.recipe.examination].modality];
    const painted = painter.objects(phantomStudyOf(examination, hospitalTime), examination.recipe);
    const sent = await sendStudy(painted, { client, node: { ...needs.node, callingAe }, signal });
    if (!sent.ok) return sent;
    objects += sent.value.length;
  }
  return ok({ studies: needs.planned.length, objects });
}

async function tellOrders({ planned, doors, signal, log }: FillImagesNeeds): Promise<Result<void>> {
  const sender = hospitalSenders(doors, 1, log);
  try {
    for (const message of planned.flatMap(imagingMessages)) {
      if (signal.aborted) break;
      const outcome = await sender.send(message, signal);
      if (outcome.is === "unanswered" || outcome.is === "unreachable") return failed(outcome.problem);
      if (outcome.is === "refused") log.warn("demo-imaging-message-refused", { controlId: message.controlId });
    }
    return ok(undefined);
  } finally {
    await sender.close();
  }
}
