import type { Context } from "#access";
import type { ImageAddress } from "#imaging";
import type { JsonObject } from "#kernel";
import { limits, ok, type Result } from "#kernel";
import { type DataSet, readDicomJson } from "#standards/dicom";
import { type RejectionCode, rejectionReasons } from "../../api/image-keeping.ts";
import { deterministicId } from "../../messages/deterministic-id.ts";
import { ofStudy } from "../studies/of-study.ts";
import { nodeCalled, readArchivePolicy } from "./archive-policy.ts";
import { imageDecisionKind } from "./image-decision.ts";
import { noteDecision } from "./note-decision.ts";

/** Key Object Selection Document. Source: PS3.6 Table A-1. */
const keyObjectSelection = "1.2.840.10008.5.1.4.1.1.88.59";

/**
 * Rejection notes among a study's objects: what they name is hidden where the archive and the note's sender may do
 * so, and then the note itself, which is done.
 * Source: IHE RAD TF-2 §4.66 (IOCM), PS3.16 TID 2010 and CID 7011.
 */
export async function applyRejectionNotes(context: Context, study: string): Promise<Result<void>> {
  const { images } = context;
  const match = [
    ofStudy(study),
    { path: [sopClassUid], test: { is: "one-of", values: [keyObjectSelection] } },
  ] as const;
  const notes = await images.find({ level: "instance", match, include: "all", limit: limits.imageRowsMax });
  if (!notes.ok) return notes;
  if (notes.value.rows.length === 0) return ok(undefined);
  const policy = await readArchivePolicy(context.record);
  if (!policy.ok) return policy;
  for (const { json, uids } of notes.value.rows) {
    const note = noteOf(json, uids.instance ?? "");
    if (note === undefined || !policy.value.hideFor.includes(note.code)) continue;
    const applied = await applyNote(context, study, note);
    if (!applied.ok) return applied;
  }
  return ok(undefined);
}

interface RejectionNote {
  readonly uid: string;
  readonly code: RejectionCode;
  /** What it names. */
  readonly named: readonly ImageAddress[];
}

async function applyNote(context: Context, study: string, { uid, code, named }: RejectionNote): Promise<Result<void>> {
  const { images, record } = context;
  const { keeping } = images;
  if (!keeping.ok) return keeping;
  const source = await sourceOf(context, { study, instance: uid });
  if (!source.ok) return source;
  const node = await nodeCalled(record, source.value);
  if (!node.ok) return node;
  if (node.value?.mayReject === false) return ok(undefined);
  const known = await record.readMany([{ kind: imageDecisionKind, id: decisionId(uid, study) }]);
  if (!known.ok) return known;
  // What a person shows again afterwards, the note with it, stays shown.
  if (known.value.length > 0) return ok(undefined);
  const hidden = new Map([[study, 0]]);
  for (const address of named) {
    const objects = await keeping.value.hide(address, code, `rejection note ${uid}`);
    if (!objects.ok) return objects;
    const { study: of = study } = address;
    hidden.set(of, (hidden.get(of) ?? 0) + objects.value);
  }
  for (const [of, objects] of hidden) {
    if (objects === 0 && of !== study) continue;
    const decided = { study: of, is: "hidden", objects, code, reason: "The sender rejected it by a note." } as const;
    const noted = await noteDecision(context, decided, { id: decisionId(uid, of), display: source.value });
    if (!noted.ok) return noted;
  }
  // Last, as a note that is hidden is done.
  const done = await keeping.value.hide({ study, instance: uid }, code, "a rejection note that was carried out");
  return done.ok ? ok(undefined) : done;
}

function decisionId(note: string, study: string): string {
  return deterministicId(imageDecisionKind, note, study);
}

async function sourceOf({ images }: Context, address: ImageAddress): Promise<Result<string>> {
  const page = await images.instances({ address, withMetadata: false, limit: 1 });
  return page.ok ? ok(page.value.instances[0]?.source ?? "") : page;
}

function noteOf(json: string, uid: string): RejectionNote | undefined {
  const { dataSet } = readDicomJson(JSON.parse(json) as JsonObject);
  const code = reasonOf(dataSet);
  return code === undefined ? undefined : { uid, code, named: namedBy(dataSet) };
}

const sopClassUid = 0x0008_0016;

function reasonOf(dataSet: DataSet): RejectionCode | undefined {
  const [title] = dataSet.items("ConceptNameCodeSequence");
  const code = title?.text("CodeValue");
  const isDicom = title?.text("CodingSchemeDesignator") === "DCM";
  return isDicom && code !== undefined && Object.hasOwn(rejectionReasons, code) ? (code as RejectionCode) : undefined;
}

function namedBy(dataSet: DataSet): readonly ImageAddress[] {
  return dataSet.items("CurrentRequestedProcedureEvidenceSequence").flatMap((study) => {
    const uid = study.text("StudyInstanceUID") ?? "";
    return study
      .items("ReferencedSeriesSequence")
      .flatMap((series) => series.items("ReferencedSOPSequence"))
      .map((object) => object.text("ReferencedSOPInstanceUID") ?? "")
      .filter((instance) => instance !== "" && uid !== "")
      .map((instance) => ({ study: uid, instance }));
  });
}
