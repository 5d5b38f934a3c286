import table from "./generated/dictionary.json" with { type: "json" };
import { elementOf, groupOf, isGroupLength, isPrivate, isPrivateCreator, type Tag, tagKey, tagOf } from "./tag.ts";

/** What the standard says of an attribute. Source: PS3.6. */
export interface Attribute {
  readonly tag: Tag;
  /** One, or several of which the data set decides: `US/SS`, `OB/OW`. */
  readonly vr: string;
  /** Value multiplicity: `1`, `1-n`, `2-2n`. */
  readonly vm: string;
  /** `PatientName` */
  readonly keyword: string;
  readonly name: string;
  readonly isRetired: boolean;
}

interface Tables {
  readonly byTag: ReadonlyMap<Tag, string>;
  /** Groups or elements that repeat: the key with `X` for any digit. */
  readonly repeating: readonly (readonly [RegExp, string])[];
  readonly byKeyword: ReadonlyMap<string, Tag>;
}

let made: Tables | undefined;

/** Made when first asked for: 5,000 lines. */
function tables(): Tables {
  if (made !== undefined) return made;
  const byTag = new Map<Tag, string>();
  const byKeyword = new Map<string, Tag>();
  const repeating: (readonly [RegExp, string])[] = [];
  for (const line of table.rows) {
    const key = line.slice(0, 8);
    if (key.includes("X")) repeating.push([new RegExp(`^${key.replaceAll("X", "[0-9A-F]")}$`), line]);
    else {
      const tag = Number.parseInt(key, 16);
      byTag.set(tag, line);
      byKeyword.set(line.split(" ", 4)[3] ?? "", tag);
    }
  }
  made = { byTag, byKeyword, repeating };
  return made;
}

const attributes = new Map<Tag, Attribute>();

/** The attribute of a tag, that of a repeating group (60xx) included; undefined for private and unknown ones. */
export function attributeOf(tag: Tag): Attribute | undefined {
  const known = attributes.get(tag);
  if (known !== undefined) return known;
  const line = lineOf(tag);
  if (line === undefined) return undefined;
  const [, vr = "", vm = "", keyword = "", retired, ...name] = line.split(" ");
  const spoken = name.length > 0 ? name.join(" ") : keyword.replace(/([a-z0-9])([A-Z])/g, "$1 $2");
  const attribute = { tag, vr, vm, keyword, name: spoken, isRetired: retired === "R" };
  // Those of repeating groups may be any number, and are made again.
  if (tables().byTag.has(tag)) attributes.set(tag, attribute);
  return attribute;
}

/** The tags of all attributes but those of repeating groups. */
export function attributeTags(): readonly Tag[] {
  return [...tables().byTag.keys()];
}

/** The tag of `PatientName`; undefined for what is no keyword. */
export function tagNamed(keyword: string): Tag | undefined {
  return keyword === "-" ? undefined : tables().byKeyword.get(keyword);
}

/**
 * The VR of an element whose header has none. Of several, that which pixels of 16 bits without a sign have, or with one where
 * `isSigned`. `UN` where nobody knows. Source: PS3.5 §7.1.3, Annex A.1.
 */
export function implicitVr(tag: Tag, isSigned: boolean): string {
  if (isGroupLength(tag)) return "UL";
  if (isPrivate(tag)) return isPrivateCreator(tag) ? "LO" : "UN";
  const vr = lineOf(tag)?.slice(9).split(" ", 1)[0] ?? "UN";
  if (vr.length === 2) return vr;
  if (vr === "US/SS") return isSigned ? "SS" : "US";
  return vr.includes("OW") ? "OW" : "UN";
}

function lineOf(tag: Tag): string | undefined {
  const { byTag, repeating } = tables();
  const line = byTag.get(tag);
  if (line !== undefined || isPrivate(tag)) return line;
  const key = tagKey(tag);
  const group = groupOf(tag);
  // Only these groups repeat; everything else is looked for once.
  if (group !== 0x20 && group !== 0x28 && group < 0x1000) return undefined;
  return repeating.find(([pattern]) => pattern.test(key))?.[1];
}

/** The first element of a repeating group: (6002,3000) is (6000,3000). */
export function firstOfGroup(tag: Tag): Tag {
  const base = groupOf(tag) & 0xff00;
  return base === 0x5000 || base === 0x6000 || base === 0x7f00 ? tagOf(base, elementOf(tag)) : tag;
}
