import { failed, incorrect, ok, type Problem, type Result, unsupported } from "#kernel";
import { type DataElement, type DataSet, tags } from "#standards/dicom";
import { type RecordKeys, recordKeys } from "./directory-record.ts";
import { patientKeys, type RecordKey, recordTypeOf, seriesKeys, studyKeys } from "./record-type.ts";
import { type DirectoryName, made, writeDirectory } from "./write-directory.ts";

/** A record with those below it, in the order they came. */
export interface DirectoryNode {
  readonly type: string;
  readonly elements: readonly DataElement[];
  readonly below: Map<string, DirectoryNode>;
  /** Among those beside it, from 1. */
  readonly ordinal: number;
}

export interface FiledObject {
  /** Components of the File ID: at most 8 of at most 8 capitals, digits and underscores. Source: PS3.10 §8.2. */
  readonly fileId: readonly string[];
  /** `dicomdir-key-missing`. */
  readonly problems: readonly Problem[];
}

export interface FileToAdd {
  /** Without pixel data is enough. */
  readonly dataSet: DataSet;
  readonly transferSyntax: string;
}

/** Objects that get their File IDs, and the DICOMDIR that lists them. Source: PS3.3 Annex F, PS3.10 §8. */
export class FileSet {
  readonly #roots = new Map<string, DirectoryNode>();
  readonly #seen = new Set<string>();

  /** Problems: unsupported `no-record-type`; incorrect `uid-missing`, `object-twice`. */
  add({ dataSet, transferSyntax }: FileToAdd): Result<FiledObject> {
    const sopClass = dataSet.text(tags.sopClass) ?? "";
    const instance = dataSet.text(tags.sopInstance) ?? "";
    const [study, series] = [dataSet.text("StudyInstanceUID"), dataSet.text("SeriesInstanceUID")];
    if (instance === "" || study === undefined || series === undefined) return failed(uidMissing);
    if (this.#seen.has(instance)) return failed(twice);
    const type = recordTypeOf(sopClass, dataSet.get("Rows") !== undefined);
    if (type === undefined) return failed(noRecordType);
    this.#seen.add(instance);
    const patient = dataSet.text("PatientID") ?? `of ${study}`;
    const problems: Problem[] = [];
    const levels = [
      { name: "PATIENT", keys: patientKeys, key: patient, letters: "PT" },
      { name: "STUDY", keys: studyKeys, key: study, letters: "ST" },
      { name: "SERIES", keys: seriesKeys, key: series, letters: "SE" },
    ];
    let siblings = this.#roots;
    const fileId = ["DICOM"];
    for (const { name, keys, key, letters } of levels) {
      const node = nodeAt(siblings, key, () => told(dataSet, { keys, ordinal: siblings.size + 1, name }, problems));
      fileId.push(component(letters, node.ordinal));
      siblings = node.below;
    }
    const ordinal = siblings.size + 1;
    fileId.push(component("IM", ordinal));
    const keys = recordKeys(dataSet, { keys: type.keys, ordinal });
    problems.push(...keys.problems);
    const reference = fileReference({ fileId, sopClass, instance, transferSyntax });
    siblings.set(instance, { type: type.name, elements: [...reference, ...keys.elements], below: new Map(), ordinal });
    return ok({ fileId, problems });
  }

  /** The file DICOMDIR. */
  directory(name: DirectoryName): Uint8Array {
    return writeDirectory([...this.#roots.values()], name);
  }
}

const uidMissing = incorrect("uid-missing", "The object lacks a UID of its study, series or itself.");
const twice = incorrect("object-twice", "An object of this UID is in the file-set already.");
const noRecordType = unsupported("no-record-type", "A DICOMDIR has no record for objects of this class.");

function nodeAt(nodes: Map<string, DirectoryNode>, key: string, make: () => DirectoryNode): DirectoryNode {
  const known = nodes.get(key);
  if (known !== undefined) return known;
  const made = make();
  nodes.set(key, made);
  return made;
}

interface Level {
  readonly name: string;
  readonly keys: readonly RecordKey[];
  readonly ordinal: number;
}

function told(dataSet: DataSet, { name, keys, ordinal }: Level, problems: Problem[]): DirectoryNode {
  const found: RecordKeys = recordKeys(dataSet, { keys, ordinal });
  problems.push(...found.problems);
  return { type: name, elements: found.elements, below: new Map(), ordinal };
}

/** `IM000042`; in base 36 beyond a million: `IM0LFLS`. */
function component(letters: string, ordinal: number): string {
  const digits = ordinal < 1_000_000 ? String(ordinal) : ordinal.toString(36).toUpperCase();
  return letters + digits.padStart(6, "0");
}

interface Reference {
  readonly fileId: readonly string[];
  readonly sopClass: string;
  readonly instance: string;
  readonly transferSyntax: string;
}

function fileReference({ fileId, sopClass, instance, transferSyntax }: Reference): readonly DataElement[] {
  return [
    made("ReferencedFileID", fileId),
    made("ReferencedSOPClassUIDInFile", [sopClass]),
    made("ReferencedSOPInstanceUIDInFile", [instance]),
    made("ReferencedTransferSyntaxUIDInFile", [transferSyntax]),
  ];
}
