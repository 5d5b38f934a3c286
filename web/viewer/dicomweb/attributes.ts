/** One element of the DICOM JSON model. Source: PS3.18 F.2.2. */
export interface JsonElement {
  readonly vr: string;
  readonly Value?: readonly unknown[];
  readonly BulkDataURI?: string;
  readonly InlineBinary?: string;
}

/** A data set in the DICOM JSON model; keys are tags of eight hexadecimal digits. */
export type JsonDataSet = Readonly<Record<string, JsonElement | undefined>>;

/** The first value as a text; undefined when it is absent, empty or no text or number. */
export function textOf(dataSet: JsonDataSet, tag: string): string | undefined {
  return textsOf(dataSet, tag)[0];
}

export function textsOf(dataSet: JsonDataSet, tag: string): readonly string[] {
  return valuesOf(dataSet, tag).flatMap((value) => {
    if (typeof value === "number") return [String(value)];
    return typeof value === "string" && value.trim() !== "" ? [value.trim()] : [];
  });
}

/** The first value as a number, also of a text that is one. */
export function numberOf(dataSet: JsonDataSet, tag: string): number | undefined {
  return numbersOf(dataSet, tag)[0];
}

export function numbersOf(dataSet: JsonDataSet, tag: string): readonly number[] {
  return valuesOf(dataSet, tag).flatMap((value) => {
    const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
    return typeof number === "number" && Number.isFinite(number) ? [number] : [];
  });
}

/** The items of a sequence. */
export function itemsOf(dataSet: JsonDataSet, tag: string): readonly JsonDataSet[] {
  return valuesOf(dataSet, tag).filter(isDataSet);
}

/** A person's name as people write it: `OSEI, Abena (Mrs)`; its ideographic form behind it where there is one. */
export function personOf(dataSet: JsonDataSet, tag: string): string | undefined {
  const [name] = valuesOf(dataSet, tag);
  if (typeof name === "string") return writtenName(name);
  if (typeof name !== "object" || name === null) return undefined;
  const { Alphabetic, Ideographic } = name as { Alphabetic?: string; Ideographic?: string };
  const alphabetic = Alphabetic === undefined ? undefined : writtenName(Alphabetic);
  const ideographic = Ideographic?.replaceAll("^", " ").trim();
  return [alphabetic, ideographic].filter(Boolean).join(" · ") || undefined;
}

function writtenName(name: string): string | undefined {
  const [family = "", given = "", middle = "", prefix = ""] = name.split("^").map((part) => part.trim());
  const names = [given, middle].filter(Boolean).join(" ");
  const whole = [family.toUpperCase(), names].filter(Boolean).join(", ");
  return (prefix === "" ? whole : `${whole} (${prefix})`) || undefined;
}

function valuesOf(dataSet: JsonDataSet, tag: string): readonly unknown[] {
  return dataSet[tag]?.Value ?? [];
}

function isDataSet(value: unknown): value is JsonDataSet {
  return typeof value === "object" && value !== null;
}
