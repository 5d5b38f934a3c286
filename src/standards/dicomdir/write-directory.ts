import {
  type DataElement,
  DataSet,
  explicitLittle,
  fileBeginning,
  makeElement,
  ownMetaInformation,
  writeDataSet,
} from "#standards/dicom";
import type { DirectoryNode } from "./file-set.ts";

/** Media Storage Directory Storage. Source: PS3.4 Table I.4-1. */
const directoryClass = "1.2.840.10008.1.3.10";
/** Tag and length of an item. */
const itemHeaderBytes = 8;
/** Tag, VR, two reserved bytes and a length of four. */
const sequenceHeaderBytes = 12;
/** Three elements of an offset or a flag stand first in each record, one of text behind them. */
const inUse = 0xffff;

export interface DirectoryName {
  /** For people: at most 16 capitals, digits and underscores. */
  readonly id: string;
  readonly uid: string;
}

/** Elements of directories alone, which the dictionary of data sets does not have. Source: PS3.6 Table 8-1. */
const directoryElements: Readonly<Record<string, readonly [tag: number, vr: string]>> = {
  FileSetID: [0x0004_1130, "CS"],
  OffsetOfTheFirstDirectoryRecordOfTheRootDirectoryEntity: [0x0004_1200, "UL"],
  OffsetOfTheLastDirectoryRecordOfTheRootDirectoryEntity: [0x0004_1202, "UL"],
  FileSetConsistencyFlag: [0x0004_1212, "US"],
  DirectoryRecordSequence: [0x0004_1220, "SQ"],
  OffsetOfTheNextDirectoryRecord: [0x0004_1400, "UL"],
  RecordInUseFlag: [0x0004_1410, "US"],
  OffsetOfReferencedLowerLevelDirectoryEntity: [0x0004_1420, "UL"],
  DirectoryRecordType: [0x0004_1430, "CS"],
  ReferencedFileID: [0x0004_1500, "CS"],
  ReferencedSOPClassUIDInFile: [0x0004_1510, "UI"],
  ReferencedSOPInstanceUIDInFile: [0x0004_1511, "UI"],
  ReferencedTransferSyntaxUIDInFile: [0x0004_1512, "UI"],
};

interface Placed {
  readonly node: DirectoryNode;
  readonly bytesWithoutOffsets: number;
  at: number;
  next: number;
  below: number;
}

/** Records in depth first, each before those below it; offsets count from the beginning of the file. Source: PS3.3 §F.2, §F.3. */
export function writeDirectory(roots: readonly DirectoryNode[], { id, uid }: DirectoryName): Uint8Array {
  const placed: Placed[] = [];
  place(roots, placed);
  const head = (first: number, last: number) => [
    made("FileSetID", [id]),
    made("OffsetOfTheFirstDirectoryRecordOfTheRootDirectoryEntity", [first]),
    made("OffsetOfTheLastDirectoryRecordOfTheRootDirectoryEntity", [last]),
    made("FileSetConsistencyFlag", [0]),
  ];
  const meta = { sopClass: directoryClass, sopInstance: uid, transferSyntax: explicitLittle.uid };
  const beginning = fileBeginning(ownMetaInformation(meta));
  let at = beginning.length + writeDataSet(new DataSet(head(0, 0)), explicitLittle).length + sequenceHeaderBytes;
  for (const one of placed) {
    one.at = at;
    at += itemHeaderBytes + one.bytesWithoutOffsets;
  }
  link(roots, placed);
  const byNode = new Map(placed.map((one) => [one.node, one.at]));
  const [first, last] = [roots[0], roots.at(-1)].map((node) => (node && byNode.get(node)) ?? 0);
  const items = placed.map(({ node, next, below }) => new DataSet(recordElements(node, { next, below })));
  const body = writeDataSet(
    new DataSet([...head(first ?? 0, last ?? 0), made("DirectoryRecordSequence", items)]),
    explicitLittle,
  );
  const bytes = new Uint8Array(beginning.length + body.length);
  bytes.set(beginning);
  bytes.set(body, beginning.length);
  return bytes;
}

function place(nodes: Iterable<DirectoryNode>, placed: Placed[]): void {
  for (const node of nodes) {
    const bytes = writeDataSet(new DataSet(recordElements(node, { next: 0, below: 0 })), explicitLittle).length;
    placed.push({ node, bytesWithoutOffsets: bytes, at: 0, next: 0, below: 0 });
    place(node.below.values(), placed);
  }
}

/** Each record to the next of its level and the first of those below. */
function link(roots: readonly DirectoryNode[], placed: readonly Placed[]): void {
  const byNode = new Map(placed.map((one) => [one.node, one]));
  const linkLevel = (nodes: readonly DirectoryNode[]) => {
    for (const [index, node] of nodes.entries()) {
      const own = byNode.get(node);
      const next = nodes[index + 1];
      const below = [...node.below.values()];
      if (own === undefined) continue;
      own.next = (next && byNode.get(next)?.at) ?? 0;
      own.below = (below[0] && byNode.get(below[0])?.at) ?? 0;
      linkLevel(below);
    }
  };
  linkLevel(roots);
}

function recordElements(
  { type, elements }: DirectoryNode,
  { next, below }: { readonly next: number; readonly below: number },
): readonly DataElement[] {
  const isUnicode = elements.some(hasOtherLetters);
  return [
    made("OffsetOfTheNextDirectoryRecord", [next]),
    made("RecordInUseFlag", [inUse]),
    made("OffsetOfReferencedLowerLevelDirectoryEntity", [below]),
    made("DirectoryRecordType", [type]),
    ...(isUnicode ? [made("SpecificCharacterSet", ["ISO_IR 192"])] : []),
    ...elements,
  ].sort((one, other) => one.tag - other.tag);
}

function hasOtherLetters({ content }: DataElement): boolean {
  if (content.is === "items") return content.items.some(({ dataSet }) => dataSet.elements.some(hasOtherLetters));
  return content.is === "bytes" && content.bytes.some((byte) => byte > 0x7e);
}

/** One of the elements above, or of the dictionary. */
export function made(keyword: string, values: Parameters<typeof makeElement>[1]): DataElement {
  const [tag, vr] = directoryElements[keyword] ?? [keyword, undefined];
  const element = makeElement(tag, values, vr === undefined ? {} : { vr });
  if (element === undefined) throw new Error(`the dictionary has no ${keyword}`);
  return element;
}
