import { isJsonObject, type Json, type JsonObject } from "#kernel";
import { tagKey, tagNamed } from "#standards/dicom";

/** Reading values out of a DICOM JSON object by keyword. Source: PS3.18 Annex F. */
export class DicomValues {
  readonly #object: JsonObject;

  /** An empty object when the text is none. */
  constructor(json: string) {
    const parsed = JSON.parse(json) as Json;
    this.#object = isJsonObject(parsed) ? parsed : {};
  }

  /** Undefined when it is absent or empty. */
  text(keyword: string): string | undefined {
    const [value] = this.#values(keyword);
    if (typeof value === "number") return String(value);
    return typeof value === "string" && value.trim() !== "" ? value.trim() : undefined;
  }

  texts(keyword: string): readonly string[] {
    return this.#values(keyword).filter((value): value is string => typeof value === "string");
  }

  number(keyword: string): number | undefined {
    const value = Number(this.text(keyword));
    return Number.isFinite(value) && this.text(keyword) !== undefined ? value : undefined;
  }

  /** The alphabetic group of a name, else one of the others. */
  name(keyword: string): string | undefined {
    const [value] = this.#values(keyword);
    if (!isJsonObject(value ?? null)) return undefined;
    const { Alphabetic, Ideographic, Phonetic } = value as JsonObject;
    return [Alphabetic, Ideographic, Phonetic].find(
      (group): group is string => typeof group === "string" && group !== "",
    );
  }

  #values(keyword: string): readonly Json[] {
    const tag = tagNamed(keyword);
    const element = tag === undefined ? undefined : this.#object[tagKey(tag)];
    if (!isJsonObject(element ?? null)) return [];
    const { Value } = element as JsonObject;
    return Array.isArray(Value) ? Value : [];
  }
}
