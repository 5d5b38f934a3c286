import type { ImageCursor, ImageRow, Images } from "#imaging";
import { ok, type Result } from "#kernel";
import type { HealthRecord, Version } from "#record";
import { tagNamed } from "#standards/dicom";
import type { JudgedStudyView, KeptReason, RetentionRuleView } from "../../api/image-retention.ts";
import { DicomValues } from "../studies/dicom-values.ts";
import { judgeStudy, PatientsLookedAt } from "./judge-study.ts";
import type { PatientKeepingOf } from "./patient-keeping.ts";
import { latestDueDay } from "./retention-rule.ts";
import { readMarks, type StudyMark } from "./study-mark.ts";

export interface JudgingNeeds {
  /** The whole record: working out what goes shows nothing of it but a sentence. */
  readonly look: Pick<HealthRecord, "search" | "readMany">;
  /** As whoever asks may see them. */
  readonly images: Pick<Images, "find">;
  readonly keepingOf: PatientKeepingOf;
}

export interface Judging {
  readonly rules: readonly RetentionRuleView[];
  /** By which times are over: `2026-11-24`. */
  readonly day: string;
  readonly limit: number;
  readonly after?: ImageCursor | undefined;
  /** Studies whose erasure was begun, by `studyName`: their documents may be gone already. */
  readonly begun?: ReadonlySet<string>;
}

/** What is known of a study before it is judged. */
export interface StudyAtHand {
  readonly row: ImageRow;
  readonly values: DicomValues;
  /** Its ImagingStudy. */
  readonly document: Version | undefined;
  readonly mark: StudyMark | undefined;
}

export interface JudgedStudy extends JudgedStudyView {
  /** Id of its ImagingStudy. */
  readonly document?: string;
  /** Nodes that have to commit to its storage before it goes. */
  readonly secondArchives: readonly string[];
}

export interface JudgedPage {
  readonly studies: readonly JudgedStudy[];
  readonly next?: ImageCursor;
}

/** Studies so old that one of the rules might let them go, the newest first, and what becomes of each. */
export async function judgeStudies(needs: JudgingNeeds, judging: Judging): Promise<Result<JudgedPage>> {
  const { rules, day, limit, after, begun = new Set<string>() } = judging;
  const latest = latestDueDay(rules, day);
  if (latest === undefined) return ok({ studies: [] });
  const range = { is: "range", to: latest.replaceAll("-", "") } as const;
  const match = [{ path: [tagNamed("StudyDate") ?? 0], test: range }];
  const found = await needs.images.find({ level: "study", match, limit, ...(after === undefined ? {} : { after }) });
  if (!found.ok) return found;
  const { rows, next } = found.value;
  const hand = await atHand(needs, rows);
  if (!hand.ok) return hand;
  const patients = new PatientsLookedAt(needs);
  const studies: JudgedStudy[] = [];
  for (const each of hand.value) {
    const judged = await judgeStudy({ ...needs, patients, rules, day, begun }, each);
    if (!judged.ok) return judged;
    studies.push({ ...viewOf(each), ...judged.value });
  }
  return ok({ studies, ...(next === undefined ? {} : { next }) });
}

async function atHand({ look }: JudgingNeeds, rows: readonly ImageRow[]): Promise<Result<readonly StudyAtHand[]>> {
  const documents = rows.flatMap(({ study }) => study?.document ?? []);
  const read = await look.readMany(documents.map((id) => ({ kind: "ImagingStudy", id })));
  if (!read.ok) return read;
  const marks = await readMarks(look, rows.map(uidOf));
  if (!marks.ok) return marks;
  const byId = new Map(read.value.map((version) => [version.id, version]));
  return ok(
    rows.map((row) => ({
      row,
      values: new DicomValues(row.json),
      document: byId.get(row.study?.document ?? ""),
      mark: marks.value.get(uidOf(row)),
    })),
  );
}

function uidOf({ uids }: ImageRow): string {
  return uids.study ?? "";
}

type Shown = Omit<JudgedStudyView, "goes" | "why" | "kept" | "rule" | "until">;

function viewOf({ row, values }: StudyAtHand): Shown & Pick<JudgedStudy, "document"> {
  const document = row.study?.document;
  return {
    uid: uidOf(row),
    name: values.name("PatientName") ?? "",
    patientId: values.text("PatientID") ?? "",
    date: values.text("StudyDate") ?? "",
    description: values.text("StudyDescription") ?? "",
    modalities: values.texts("ModalitiesInStudy"),
    instances: values.number("NumberOfStudyRelatedInstances") ?? 0,
    ...(document === undefined ? {} : { document }),
  };
}

/** What goes and what stays, counted. */
export interface Counted {
  readonly studies: number;
  readonly objects: number;
  readonly kept: Readonly<Partial<Record<KeptReason, number>>>;
}

export function countJudged(before: Counted, judged: readonly JudgedStudy[]): Counted {
  const kept: Partial<Record<KeptReason, number>> = { ...before.kept };
  let { studies, objects } = before;
  for (const { goes, kept: reason, instances } of judged) {
    if (goes) {
      studies += 1;
      objects += instances;
    } else if (reason !== undefined) kept[reason] = (kept[reason] ?? 0) + 1;
  }
  return { studies, objects, kept };
}
