import { type DataElement, DataSet, type MadeFrom, makeElement, type Tag, tagOf, tags } from "#standards/dicom";
import { syntaxKind } from "./syntax-kind.ts";
import type { TranscodePlan } from "./transcode-plan.ts";

export interface Transcoded {
  readonly plan: TranscodePlan;
  /** Bytes of the pixels before and after, for the ratio; needed where something was lost. */
  readonly pixelBytes?: { readonly before: number; readonly after: number };
  /** SOP Instance UID of what was made; needed where something was lost, as it is another image then. */
  readonly newInstanceUid?: string;
}

/**
 * The data set as it must be after its frames were transcoded, without pixel data and offset tables. Without loss it is the same
 * image; with loss it is a derived one, which says of which image and by what. Source: PS3.5 §8.2, PS3.3 §C.7.6.1.1.5, §C.12.4,
 * PS3.4 §B.4.1.4.
 */
export function transcodedAttributes(dataSet: DataSet, transcoded: Transcoded): DataSet {
  const { plan } = transcoded;
  const bare = dataSet.without(...pixelTags, ...(plan.isLossy ? rangeTags : []));
  const { photometric, samplesPerPixel, isPlanar } = plan.target;
  const changed = [
    made(bare, "PhotometricInterpretation", [photometric]),
    ...(samplesPerPixel > 1 ? [made(bare, "PlanarConfiguration", [isPlanar ? 1 : 0])] : []),
    ...(plan.isLossy ? lossyElements(bare, transcoded) : []),
  ];
  return withoutFragments(bare).with(...changed.filter((element) => element !== undefined));
}

const pixelTags: readonly Tag[] = [
  tagOf(0x7fe0, 0x0001),
  tagOf(0x7fe0, 0x0002),
  tagOf(0x7fe0, 0x0003),
  tags.pixelData,
  tags.floatPixelData,
  tags.doubleFloatPixelData,
];

/** Smallest and largest pixel values. */
const rangeTags: readonly Tag[] = [0x0106, 0x0107, 0x0108, 0x0109].map((element) => tagOf(0x0028, element));

/** Icons whose pixels are fragments have no place in a data set that is not compressed, and are of no use to anybody. */
function withoutFragments(dataSet: DataSet): DataSet {
  const isCompressed = dataSet
    .items("IconImageSequence")
    .some((icon) => icon.get(tags.pixelData)?.content.is === "fragments");
  return isCompressed ? dataSet.without(tagOf(0x0088, 0x0200)) : dataSet;
}

function made(dataSet: DataSet, keyword: string, values: MadeFrom): DataElement | undefined {
  return makeElement(keyword, values, { characterSets: dataSet.characterSets });
}

const methods: Readonly<Record<string, string>> = {
  jpeg: "ISO_10918_1",
  "jpeg-ls": "ISO_14495_1",
  "jpeg-2000": "ISO_15444_1",
  htj2k: "ISO_15444_15",
};

function lossyElements(dataSet: DataSet, { plan, pixelBytes, newInstanceUid }: Transcoded) {
  const ratio = pixelBytes === undefined || pixelBytes.after === 0 ? 1 : pixelBytes.before / pixelBytes.after;
  const [, ...imageType] = dataSet.texts("ImageType");
  const sources = [...dataSet.items("SourceImageSequence"), sourceOf(dataSet)];
  const codes = [...dataSet.items("DerivationCodeSequence"), code("113040", "Lossy Compression")];
  return [
    made(dataSet, "LossyImageCompression", ["01"]),
    made(dataSet, "LossyImageCompressionRatio", [...dataSet.texts("LossyImageCompressionRatio"), ratio.toFixed(2)]),
    made(dataSet, "LossyImageCompressionMethod", [
      ...dataSet.texts("LossyImageCompressionMethod"),
      methods[syntaxKind(plan.to)] ?? "",
    ]),
    made(dataSet, "ImageType", ["DERIVED", ...(imageType.length > 0 ? imageType : ["PRIMARY"])]),
    made(dataSet, "DerivationCodeSequence", codes),
    made(dataSet, "SourceImageSequence", sources),
    ...(newInstanceUid === undefined ? [] : [made(dataSet, "SOPInstanceUID", [newInstanceUid])]),
  ];
}

function sourceOf(dataSet: DataSet): DataSet {
  return new DataSet(
    [
      makeElement("ReferencedSOPClassUID", [dataSet.text(tags.sopClass) ?? ""]),
      makeElement("ReferencedSOPInstanceUID", [dataSet.text(tags.sopInstance) ?? ""]),
      makeElement("PurposeOfReferenceCodeSequence", [code("121320", "Uncompressed predecessor")]),
    ].filter((element) => element !== undefined),
  );
}

/** Source: PS3.16 CID 7202, CID 7203. */
function code(value: string, meaning: string): DataSet {
  return new DataSet(
    [
      makeElement("CodeValue", [value]),
      makeElement("CodingSchemeDesignator", ["DCM"]),
      makeElement("CodeMeaning", [meaning]),
    ].filter((element) => element !== undefined),
  );
}
