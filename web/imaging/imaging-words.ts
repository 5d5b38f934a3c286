import { formatDate } from "../parts/format/dates.ts";

/** A DICOM date as people read it: `19610312` is `12-Mar-1961`. Source: PS3.5 §6.2, DA. */
export function dicomDate(text: string): string {
  return formatDate(dashed(text));
}

/** `19610312` as `1961-03-12`; other text comes back as it is. */
export function dashed(text: string): string {
  return /^\d{8}$/.test(text) ? `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}` : text;
}

/** `OSEI^Adwoa^^Mrs` as `OSEI, Adwoa`. */
export function dicomName(text: string): string {
  const [family = "", given = "", middle = ""] = text.split("^");
  const others = [given, middle].filter((part) => part !== "").join(" ");
  return others === "" ? family : `${family}, ${others}`;
}

const sexes: Readonly<Record<string, string>> = { F: "Female", M: "Male", O: "Other" };

export function sexText(code: string): string {
  return sexes[code] ?? code;
}

/** Whether two texts say the same to a person: upper and lower case, spaces and punctuation do not count. */
export function saysTheSame(one: string, other: string): boolean {
  const plain = (text: string) => text.toLowerCase().replaceAll(/[\s,.^-]/g, "");
  return plain(one) === plain(other);
}

const gigabyte = 1_000_000_000;

/** `2.1 GB`, `1.4 TB`, `640 MB`, `3 kB`. */
export function sizeText(bytes: number): string {
  if (bytes < 100_000) return `${Math.ceil(bytes / 1000)} kB`;
  if (bytes < gigabyte) return `${(bytes / 1_000_000).toFixed(bytes < 10_000_000 ? 1 : 0)} MB`;
  return bytes < 1000 * gigabyte
    ? `${(bytes / gigabyte).toFixed(1)} GB`
    : `${(bytes / (1000 * gigabyte)).toFixed(2)} TB`;
}

/** Words that stand in one field, with commas between. */
export function wordsOf(text: string): readonly string[] {
  return text
    .split(",")
    .map((word) => word.trim())
    .filter((word) => word !== "");
}
