import {
  creatorOf,
  type DataElement,
  type DataSet,
  elementOf,
  groupOf,
  isPrivate,
  isPrivateCreator,
  makeElement,
  numbersOf,
  type Tag,
  textsOf,
  vrs,
} from "#standards/dicom";
import table from "../generated/safe-private.json" with { type: "json" };

/** By group, place in its block, and creator: the VR. Source: PS3.15 Table E.3.10-1. */
const safe = new Map<string, string>();
const creators = new Set<string>();
for (const line of table.rows) {
  const [, tag = "", vr = "", creator = ""] = /^(\S+) (\S+) (.+)$/.exec(line) ?? [];
  safe.set(`${tag} ${creator}`, vr);
  creators.add(creator);
}

const valuesMax = 64;

/** What machines call their ways of working, and ratios: `0.531:1`. A name or a number of a person has another form. */
const shortText = /^(?:[*A-Za-z]{0,5}\d{0,3}[A-Za-z]{0,2}|\d{1,2}(?:\.\d{1,4})?:\d)$/;
const code = /^[A-Z0-9 _]{0,16}$/;

/**
 * A private element that the standard lists as safe, with the VR that it is listed with; undefined for any other. Bytes whose
 * meaning the maker alone knows never stay, nor do texts that are more than a short code, whatever the list says. A sequence is
 * still to be entered, a UID still to be mapped, a text still to be looked at for people. What an image claims of its own private
 * elements (0008,0300) is not believed.
 */
export function safePrivate(element: DataElement, dataSet: DataSet): DataElement | undefined {
  const creatorTag = creatorOf(element.tag);
  const creator = creatorTag === undefined ? undefined : dataSet.text(creatorTag);
  if (creator === undefined) return undefined;
  const vr = safe.get(`${placeOf(element.tag)} ${creator}`);
  // Written without its VR, it was read as one that is not known.
  const listed = element.vr === "UN" && vr !== undefined ? { ...element, vr } : element;
  if (listed.vr !== vr) return undefined;
  return isPlain(listed, dataSet) ? listed : undefined;
}

/** `0019xx23`, as the table writes it. */
function placeOf(tag: Tag): string {
  const hex = (number: number, length: number) => number.toString(16).padStart(length, "0");
  return `${hex(groupOf(tag), 4)}xx${hex(elementOf(tag) & 0xff, 2)}`;
}

function isPlain(element: DataElement, { characterSets }: DataSet): boolean {
  if (element.content.is === "items") return element.vr === "SQ";
  if (element.content.is !== "bytes") return false;
  const texts = () => textsOf(element, characterSets).values;
  switch (element.vr) {
    case "UI":
      return true;
    case "CS":
      return texts().every((text) => code.test(text));
    case "LO":
    case "SH":
      return texts().every((text) => shortText.test(text));
    default: {
      if (vrs[element.vr]?.content !== "number" && element.vr !== "IS" && element.vr !== "DS") return false;
      const { values, unreadable } = numbersOf(element);
      return unreadable === 0 && values.length <= valuesMax;
    }
  }
}

/** The same elements without creators of whose block nothing is left; those that stay are spelt as the standard has them. */
export function withCreators(elements: readonly DataElement[]): readonly DataElement[] {
  const needed = new Set(elements.flatMap(({ tag }) => creatorOf(tag) ?? []));
  return elements.filter(({ tag }) => !isPrivate(tag) || !isPrivateCreator(tag) || needed.has(tag));
}

/** A creator of the list, spelt as there; undefined for any other. */
export function safeCreator({ tag }: DataElement, dataSet: DataSet): DataElement | undefined {
  const name = dataSet.text(tag) ?? "";
  return creators.has(name) ? makeElement(tag, [name], { vr: "LO" }) : undefined;
}
