import { type Tag, tagKey } from "#standards/dicom";
import table from "../generated/confidentiality.json" with { type: "json" };

/**
 * What the profile has done with an attribute: D a made-up value, Z an empty or made-up one, X removed, K kept, C cleaned, U a
 * UID mapped to another. Source: PS3.15 Table E.1-1a.
 */
export type Action = "D" | "Z" | "X" | "K" | "C" | "U";

/** Options of the profile, by the numbers of their clauses in PS3.15 §E.3. */
export const imageOptions = [
  "retain-safe-private",
  "retain-uids",
  "retain-device",
  "retain-institution",
  "retain-patient-characteristics",
  "full-dates",
  "modified-dates",
  "clean-descriptors",
  "clean-structured-content",
  "clean-graphics",
  "clean-recognizable-features",
] as const;

export type ImageOption = (typeof imageOptions)[number];

/** The column of each option, as the table's letters have it; the one about pixels has none. */
const columns: Readonly<Record<ImageOption, string>> = {
  "retain-safe-private": "P",
  "retain-uids": "U",
  "retain-device": "D",
  "retain-institution": "I",
  "retain-patient-characteristics": "C",
  "full-dates": "F",
  "modified-dates": "M",
  "clean-descriptors": "E",
  "clean-structured-content": "S",
  "clean-graphics": "G",
  "clean-recognizable-features": "-",
};

/** For `(0012,0064)`. Source: PS3.16 CID 7050. */
export const methodCodes: Readonly<Record<ImageOption | "basic" | "clean-pixels", readonly [string, string]>> = {
  basic: ["113100", "Basic Application Confidentiality Profile"],
  "clean-pixels": ["113101", "Clean Pixel Data Option"],
  "clean-recognizable-features": ["113102", "Clean Recognizable Visual Features Option"],
  "clean-graphics": ["113103", "Clean Graphics Option"],
  "clean-structured-content": ["113104", "Clean Structured Content Option"],
  "clean-descriptors": ["113105", "Clean Descriptors Option"],
  "full-dates": ["113106", "Retain Longitudinal Temporal Information Full Dates Option"],
  "modified-dates": ["113107", "Retain Longitudinal Temporal Information Modified Dates Option"],
  "retain-patient-characteristics": ["113108", "Retain Patient Characteristics Option"],
  "retain-device": ["113109", "Retain Device Identity Option"],
  "retain-uids": ["113110", "Retain UIDs Option"],
  "retain-safe-private": ["113111", "Retain Safe Private Option"],
  "retain-institution": ["113112", "Retain Institution Identity Option"],
};

interface Row {
  readonly basic: Action;
  /** By column. */
  readonly options: ReadonlyMap<string, Action>;
}

const exact = new Map<Tag, Row>();
const repeating: (readonly [RegExp, Row])[] = [];

for (const line of table.rows) {
  const [key = "", basic = "X", ...options] = line.split(" ");
  // `X/Z/D` says: whichever the kind of image needs. The last meets every need and tells no more.
  const row = {
    basic: basic.split("/").at(-1) as Action,
    options: new Map(options.map((text) => [text.slice(0, 1), text.slice(1) as Action])),
  };
  if (key.includes("X")) repeating.push([new RegExp(`^${key.replaceAll("X", "[0-9A-F]")}$`), row]);
  else exact.set(Number.parseInt(key, 16), row);
}

/** The action for an attribute under these options; undefined for one that the table does not have. */
export function profileAction(tag: Tag, options: readonly ImageOption[]): Action | undefined {
  // Curves and overlays alone repeat.
  const row =
    exact.get(tag) ?? (tag >>> 28 < 5 ? undefined : repeating.find(([pattern]) => pattern.test(tagKey(tag)))?.[1]);
  if (row === undefined) return undefined;
  const chosen = options.flatMap((option) => row.options.get(columns[option]) ?? []);
  return chosen.includes("K") ? "K" : (chosen[0] ?? row.basic);
}
