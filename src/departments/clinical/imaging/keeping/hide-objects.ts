import type { Context } from "#access";
import type { ImageAddress } from "#imaging";
import { failed, notFound, ok, type Result } from "#kernel";
import { noteDecision } from "./note-decision.ts";

/** What of a study is to be hidden, or shown again. */
export interface HidingOrder {
  readonly study: string;
  readonly series?: string | undefined;
  readonly instance?: string | undefined;
  /** Absent: shown again. */
  readonly code?: string;
  readonly reason: string;
}

/**
 * Hides a study, a series or an object from every search and retrieval, or shows it again; nothing of it is lost. Answers how
 * many objects it was. Problems: not-found where there is nothing to hide, or nothing hidden.
 */
export async function hideObjects(context: Context, order: HidingOrder): Promise<Result<{ readonly objects: number }>> {
  const { keeping } = context.images;
  if (!keeping.ok) return keeping;
  const { study, series, instance, code, reason } = order;
  const address: ImageAddress = {
    study,
    ...(series === undefined ? {} : { series }),
    ...(instance === undefined ? {} : { instance }),
  };
  const objects = await keeping.value.hide(address, code, reason);
  if (!objects.ok) return objects;
  if (objects.value === 0) return failed(code === undefined ? nothingHidden : nothingShown);
  const decided = { ...address, study, objects: objects.value, reason } as const;
  const noted = await noteDecision(
    context,
    code === undefined ? { ...decided, is: "restored" } : { ...decided, is: "hidden", code },
  );
  return noted.ok ? ok({ objects: objects.value }) : noted;
}

const nothingShown = notFound("image-not-found", "There is no such object, or it is hidden already.");
const nothingHidden = notFound("image-not-found", "There is no such object that is hidden.");
