import type { Context } from "#access";
import { failed, incorrect, notFound, ok, type Result, toIso } from "#kernel";
import { type HealthRecord, type KindDefinition, noEntries, parseBody } from "#record";
import { type StudyMarkName, studyMarks } from "../../api/image-retention.ts";
import { deterministicId } from "../../messages/deterministic-id.ts";
import { decisionKey } from "../keeping/image-decision.ts";
import { noteDecision } from "../keeping/note-decision.ts";

export const studyMarkKind = "ImageMark";

/** Keeps a study whatever the rules say, as long as it stands. */
export type StudyMark = {
  readonly study: string;
  readonly mark: StudyMarkName;
  readonly reason: string;
  /** `User/3f…`. */
  readonly by: string;
  readonly display: string;
  readonly at: string;
};

export const studyMarkDefinition: KindDefinition = {
  kind: studyMarkKind,
  check: ({ study, mark }) =>
    typeof study === "string" && typeof mark === "string" && Object.hasOwn(studyMarks, mark)
      ? []
      : [incorrect("element-invalid", "study or mark is not sound.", { where: studyMarkKind })],
  index: ({ study }) => ({ ...noEntries, keys: [decisionKey(String(study))] }),
};

export function studyMarkId(study: string): string {
  return deterministicId(studyMarkKind, study);
}

/** Those of these studies that are marked, by study. */
export async function readMarks(
  record: Pick<HealthRecord, "readMany">,
  studies: readonly string[],
): Promise<Result<ReadonlyMap<string, StudyMark>>> {
  const read = await record.readMany(studies.map((study) => ({ kind: studyMarkKind, id: studyMarkId(study) })));
  if (!read.ok) return read;
  const marks = read.value.map((version) => parseBody<StudyMark>(version));
  return ok(new Map(marks.map((mark) => [mark.study, mark])));
}

export interface Marking {
  readonly study: string;
  readonly mark: StudyMarkName;
  readonly reason: string;
}

/** Has a study kept. Problems: not-found; those of the record. */
export async function markStudy(context: Context, { study, mark, reason }: Marking): Promise<Result<StudyMark>> {
  const { images, record, actor, clock } = context;
  const there = await images.instances({ address: { study }, withMetadata: false, withRejected: true, limit: 1 });
  if (!there.ok) return there;
  if (there.value.instances.length === 0) return failed(notFound("not-found", "There is no such study."));
  const { reference: by, display } = actor;
  const body: StudyMark = { study, mark, reason, by, display, at: toIso(clock.now()) };
  const operation = { action: "update", kind: studyMarkKind, id: studyMarkId(study), body } as const;
  const written = await record.transact({ operations: [operation] });
  if (!written.ok) return written;
  const noted = await noteDecision(context, {
    study,
    is: "kept",
    objects: 0,
    reason: `${studyMarks[mark]}: ${reason}`,
  });
  return noted.ok ? ok(body) : noted;
}

/** Lets the rules decide on it again. Problems: not-found; those of the record. */
export async function unmarkStudy(context: Context, study: string, reason: string): Promise<Result<void>> {
  const operation = { action: "delete", kind: studyMarkKind, id: studyMarkId(study) } as const;
  const gone = await context.record.transact({ operations: [operation] });
  if (!gone.ok) return gone;
  return noteDecision(context, { study, is: "let-go", objects: 0, reason });
}
