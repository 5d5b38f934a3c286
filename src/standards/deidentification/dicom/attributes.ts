import {
  attributeOf,
  type DataElement,
  type DataSet,
  isGroupLength,
  isPrivate,
  isPrivateCreator,
  makeElement,
  numbersOf,
  tags,
  textsOf,
} from "#standards/dicom";
import { compactYear, shiftCompactDate } from "../dates.ts";
import { madeUpName } from "../made-up.ts";
import type { Keyed } from "../project.ts";
import type { RuleSet } from "../rule.ts";
import type { RuleCounts } from "../walking.ts";
import { cleanedAnnotation, dummyAnnotation, withAnnotations } from "./graphics.ts";
import { isOverlay } from "./overlays.ts";
import { wordsOf } from "./people.ts";
import { onlyPixels } from "./pixels.ts";
import { safeCreator, safePrivate, withCreators } from "./private.ts";
import { type Action, profileAction } from "./profile.ts";
import { isTechnical } from "./technical-text.ts";

/** One image on its way. */
export interface ImageWalk {
  readonly ruleSet: RuleSet;
  readonly keyed: Keyed;
  readonly counts: RuleCounts;
  readonly days: number;
  readonly yearMin: number;
  /** Names and numbers of the people in this file, see `peopleIn`. */
  readonly people: ReadonlySet<string>;
}

/** Values of bytes that are pictures, tables of colours, or the like. */
const pictureBytes: ReadonlySet<string> = new Set(
  `PixelData FloatPixelData DoubleFloatPixelData LUTData RedPaletteColorLookupTableData GreenPaletteColorLookupTableData
  BluePaletteColorLookupTableData AlphaPaletteColorLookupTableData SegmentedRedPaletteColorLookupTableData
  SegmentedGreenPaletteColorLookupTableData SegmentedBluePaletteColorLookupTableData WaveformData PixelPaddingValue
  PixelPaddingRangeLimit SmallestImagePixelValue LargestImagePixelValue LUTDescriptor ExtendedOffsetTable
  ExtendedOffsetTableLengths`.split(/\s+/),
);

const standardUid = /^1\.2\.840\.10008\./;

/** What is left of a data set and of the items in it. Its overlays are clean already, see `withCleanOverlays`. */
export function walkDataSet(dataSet: DataSet, walk: ImageWalk): readonly DataElement[] {
  const left = dataSet.elements.flatMap((element) => {
    const kept = keptElement(element, dataSet, walk);
    return kept === undefined ? [] : [kept];
  });
  return withCreators(left);
}

function keptElement(element: DataElement, dataSet: DataSet, walk: ImageWalk): DataElement | undefined {
  const { tag } = element;
  if (isPrivate(tag)) return keptPrivate(element, dataSet, walk) ?? counted("DICOM private elements", walk);
  const attribute = attributeOf(tag);
  if (attribute === undefined || isGroupLength(tag) || tag === tags.dataSetTrailingPadding)
    return isGroupLength(tag) ? undefined : counted("DICOM unknown elements", walk);
  const action = profileAction(tag, walk.ruleSet.images.options);
  if (action === undefined) return unlisted(element, { keyword: attribute.keyword, dataSet, walk });
  const kept = acted(action, element, { keyword: attribute.keyword, dataSet, walk });
  if (kept !== element) walk.counts.add(`DICOM ${attribute.keyword} ${action}`);
  return kept;
}

function keptPrivate(element: DataElement, dataSet: DataSet, walk: ImageWalk): DataElement | undefined {
  if (!walk.ruleSet.images.options.includes("retain-safe-private")) return undefined;
  if (isPrivateCreator(element.tag)) return safeCreator(element, dataSet);
  const safe = safePrivate(element, dataSet);
  if (safe === undefined) return undefined;
  const place = { keyword: "", dataSet, walk };
  if (safe.content.is === "items") return entered(safe, place);
  return safe.vr === "UI" ? mappedUids(safe, place) : unlessPerson(safe, place);
}

function counted(rule: string, { counts }: ImageWalk): undefined {
  counts.add(rule);
  return undefined;
}

interface Place {
  readonly keyword: string;
  readonly dataSet: DataSet;
  readonly walk: ImageWalk;
}

function acted(action: Action, element: DataElement, place: Place): DataElement | undefined {
  switch (action) {
    case "X":
      return undefined;
    case "U":
      return element.content.is === "items" ? entered(element, place) : mappedUids(element, place);
    case "K":
      return keptWhole(element, place);
    case "C":
      return cleaned(element, place);
    case "Z":
      return pseudonymous(element, place) ?? emptied(element);
    case "D":
      return pseudonymous(element, place) ?? madeUp(element, place);
  }
}

/**
 * Kept by an option. A text only where it was reviewed, or names a device or institution that was meant to stay; anything else in
 * the form that its VR asks for.
 */
function keptWhole(element: DataElement, place: Place): DataElement | undefined {
  if (element.vr === "UI") return element;
  if (isTime(element) && keepsDates(place)) return wholeTimes(element, place);
  if (["LO", "SH", "ST", "LT", "UT", "UC"].includes(element.vr)) {
    const { options } = place.walk.ruleSet.images;
    const isMeant = options.includes("retain-device") || options.includes("retain-institution");
    return isMeant ? unlessPerson(element, place) : reviewed(element, place);
  }
  return unlistedKept(element, place);
}

function isTime({ vr }: DataElement): boolean {
  return vr === "DA" || vr === "DT" || vr === "TM";
}

function keepsDates({ walk }: Place): boolean {
  return walk.ruleSet.images.options.includes("full-dates");
}

/** As they are, where they are dates and times and nothing else. */
function wholeTimes(element: DataElement, place: Place): DataElement | undefined {
  return texts(element, place).every((text) => /^[\d.+-]{0,26}$/.test(text)) ? element : undefined;
}

/** Dates move, texts stay if they were reviewed, and reports are gone through. */
function cleaned(element: DataElement, place: Place): DataElement | undefined {
  const { vr } = element;
  const { options } = place.walk.ruleSet.images;
  if (place.keyword === "GraphicAnnotationSequence") return withAnnotations(entered(element, place), cleanedAnnotation);
  if (place.keyword === "OverlayData") return element;
  if (vr === "SQ" && options.includes("clean-structured-content")) return entered(element, place);
  if (vr === "DA" || vr === "DT") return movedDates(element, place);
  if (vr === "TM") return texts(element, place).every((text) => timeShape.test(text)) ? element : undefined;
  return reviewed(element, place);
}

const timeShape = /^(?:\d{2}(?:\d{2}(?:\d{2}(?:\.\d{1,6})?)?)?)?$/;

function texts(element: DataElement, { dataSet }: Place): readonly string[] {
  return textsOf(element, dataSet.characterSets).values;
}

function remade(element: DataElement, values: readonly (string | number)[]): DataElement | undefined {
  return makeElement(element.tag, values, { vr: element.vr });
}

function reviewed(element: DataElement, place: Place): DataElement | undefined {
  const values = texts(element, place);
  return values.length > 0 && values.every((value) => place.walk.keyed.isReviewed(value)) ? element : undefined;
}

function movedDates(element: DataElement, place: Place): DataElement | undefined {
  const { days, yearMin, ruleSet } = place.walk;
  if (ruleSet.dates !== "dateShift") return undefined;
  const moved = texts(element, place).map((text) => (text === "" ? "" : shiftCompactDate(text, days, yearMin)));
  return moved.includes(undefined) ? undefined : remade(element, moved as readonly string[]);
}

function mappedUids(element: DataElement, place: Place): DataElement | undefined {
  const { keyed } = place.walk;
  const values = texts(element, place);
  if (values.every((uid) => standardUid.test(uid))) return element;
  return remade(
    element,
    values.map((uid) => (uid === "" || standardUid.test(uid) ? uid : keyed.uid(uid))),
  );
}

/** `090Y` for anybody older. */
function cappedAge(element: DataElement, place: Place): DataElement | undefined {
  const [age = ""] = texts(element, place);
  if (!/^\d{3}[DWMY]$/.test(age)) return undefined;
  return age.endsWith("Y") && Number(age.slice(0, 3)) > 89 ? remade(element, ["090Y"]) : element;
}

/** Identifiers and names that link the image with the rest of the project; undefined for anything else. */
function pseudonymous(element: DataElement, place: Place): DataElement | undefined {
  const { keyed, ruleSet } = place.walk;
  const [text = ""] = texts(element, place);
  switch (place.keyword) {
    case "PatientID":
      return text === "" ? undefined : remade(element, [keyed.identifier(text)]);
    case "AccessionNumber":
      return text === "" ? undefined : remade(element, [keyed.shortIdentifier(text)]);
    case "PatientName": {
      if (text === "" || ruleSet.names !== "substitute") return undefined;
      const [family = "", given = ""] = (text.split("=")[0] ?? "").split("^");
      const name = madeUpName(keyed, family, given);
      return remade(element, [`${name.family}^${name.given}`]);
    }
    default:
      return undefined;
  }
}

function emptied(element: DataElement): DataElement {
  const content = element.content.is === "items" ? { ...element.content, items: [] } : noBytes;
  return { ...element, content };
}

const noBytes = { is: "bytes", bytes: new Uint8Array(0), isLittleEndian: true } as const;

/** A value that no person has, of the right form. */
const madeUpValues: Readonly<Record<string, string | number>> = {
  AE: "PSEUDONYM",
  AS: "000D",
  CS: "PSEUDONYM",
  DA: "19000101",
  DS: "0",
  DT: "19000101000000",
  IS: "0",
  LO: "PSEUDONYM",
  LT: "PSEUDONYM",
  PN: "ZZZ^PSEUDONYM",
  SH: "PSEUDONYM",
  ST: "PSEUDONYM",
  TM: "000000",
  UC: "PSEUDONYM",
  UR: "https://pseudonym.invalid",
  UT: "PSEUDONYM",
};

function madeUp(element: DataElement, place: Place): DataElement | undefined {
  if (place.keyword === "GraphicAnnotationSequence") return withAnnotations(entered(element, place), dummyAnnotation);
  if (element.content.is === "items") return entered(element, place);
  if (element.vr === "UI") return mappedUids(element, place);
  const value = madeUpValues[element.vr];
  if (value === undefined) return emptied(element);
  const { ruleSet, yearMin } = place.walk;
  const [date = ""] = element.vr === "DA" && ruleSet.dates === "generalize" ? texts(element, place) : [];
  const year = compactYear(date, yearMin);
  return remade(element, [year === undefined ? value : `${year}0101`]);
}

/** Pictures and overlays within items go: nobody looks at them. */
function entered(element: DataElement, { walk }: Place): DataElement | undefined {
  if (element.content.is !== "items") return undefined;
  const items = element.content.items.map((item) => {
    const plain = item.dataSet.elements.filter((inner) => inner.tag !== tags.pixelData && !isOverlay(inner));
    return { ...item, dataSet: item.dataSet.replacedBy(walkDataSet(item.dataSet.replacedBy(plain), walk)) };
  });
  return { ...element, content: { ...element.content, items } };
}

/** By its VR, as the profile does not name it: what can hold a text about anybody is removed unless it is known not to. */
function unlisted(element: DataElement, place: Place): DataElement | undefined {
  const { keyword, walk } = place;
  const kept = unlistedKept(element, place);
  if (kept === undefined) walk.counts.add(`DICOM ${keyword} unlisted`);
  return kept;
}

/** A code or the name of a machine in which somebody wrote a person's name or number is no such thing. */
function unlessPerson(element: DataElement, place: Place): DataElement | undefined {
  const { people } = place.walk;
  return texts(element, place).some((text) => wordsOf(text).some((word) => people.has(word))) ? undefined : element;
}

/** A table of colours or samples in which a name or a number of a person is spelt out is none. */
function unlessWritten(element: DataElement, { walk }: Place): DataElement | undefined {
  if (element.content.is !== "bytes") return element;
  const letters = new TextDecoder("latin1").decode(element.content.bytes.subarray(0, lookedThroughBytesMax));
  const spelt = letters.replaceAll("\0", "").toUpperCase();
  return [...walk.people].some((word) => word.length >= speltLengthMin && spelt.includes(word)) ? undefined : element;
}

/** Shorter words come about by chance. */
const speltLengthMin = 5;
const lookedThroughBytesMax = 256 * 1024;

/** A code must have a meaning: the code itself, where that stays. */
function meaningOf(element: DataElement, place: Place): DataElement | undefined {
  const code = place.dataSet.get("CodeValue");
  if (code === undefined || !isTechnical("CodeValue", texts(code, place), place.dataSet)) return undefined;
  return unlessPerson(code, place) && remade(element, texts(code, place));
}

function unlistedKept(element: DataElement, place: Place): DataElement | undefined {
  const { vr, content } = element;
  if (content.is === "items") return entered(element, place);
  if (element.tag === tags.pixelData) return onlyPixels(place.dataSet, element);
  if (content.is === "fragments") return undefined;
  const isPicture = pictureBytes.has(place.keyword);
  switch (vr) {
    case "UI":
      return mappedUids(element, place);
    case "CS":
      return texts(element, place).every((text) => /^[A-Z0-9 _]{0,16}$/.test(text))
        ? unlessPerson(element, place)
        : undefined;
    case "IS":
    case "DS":
      return numbersOf(element).unreadable === 0 ? element : undefined;
    case "DA":
    case "DT":
      return keepsDates(place) ? wholeTimes(element, place) : movedDates(element, place);
    case "TM":
      return keepsDates(place) ? wholeTimes(element, place) : reviewed(element, place);
    case "LO":
    case "SH":
    case "UC":
      if (place.keyword === "CodeMeaning") return reviewed(element, place) ?? meaningOf(element, place);
      return isTechnical(place.keyword, texts(element, place), place.dataSet)
        ? unlessPerson(element, place)
        : reviewed(element, place);
    case "AS":
      return cappedAge(element, place);
    case "AT":
    case "FL":
    case "FD":
    case "SL":
    case "SS":
    case "SV":
    case "UL":
    case "US":
    case "UV":
      return element;
    default:
      return isPicture ? unlessWritten(element, place) : reviewed(element, place);
  }
}
