import type { Json } from "#kernel";
import { withoutControls } from "#standards/fhir";
import { readDateTime, readNumber, readTime } from "#standards/hl7v2";

/** What values are converted with: the settings of one run. */
export interface Conversion {
  /** Minutes east of UTC at a local time, for times sent without an offset. */
  offsetMinutesAt(localTime: string): number;
  /** The FHIR system for a coding system's name in a message: `LN`, `HL70001`, `99LAB`. */
  codingSystem(name: string): string;
  /** When the run is, as a FHIR instant. */
  readonly now: string;
  /** The message itself, for rows that attach it. */
  readonly messageBase64: string;
}

/** The value as R4 writes that type; undefined when the text is none such. `codes` are those a binding allows. */
export function converted(type: string, text: string, conversion: Conversion): Json | undefined {
  switch (type) {
    case "dateTime":
      return dateTimeOf(text, conversion);
    case "instant":
      return dateTimeOf(text, conversion, true);
    case "date":
      return dateTimeOf(text, conversion)?.slice(0, 10);
    case "time":
      return timeOf(text);
    case "boolean":
      return booleanOf(text);
    case "decimal":
      return numberOf(text);
    case "integer":
      return wholeOf(text, Number.MIN_SAFE_INTEGER);
    case "unsignedInt":
      return wholeOf(text, 0);
    case "positiveInt":
      return wholeOf(text, 1);
    case "code":
      return text.replace(/\s+/g, " ").trim() || undefined;
    case "uri":
    case "url":
    case "canonical":
    case "oid":
      return /\s/.test(text) || text === "" ? undefined : text;
    default:
      return plainText(text);
  }
}

function plainText(text: string): string | undefined {
  const plain = withoutControls(text);
  return plain.trim() === "" ? undefined : plain;
}

function dateTimeOf(text: string, conversion: Conversion, isInstant = false): string | undefined {
  const read = readDateTime({ text }, conversion);
  if (!read.ok || (isInstant && !read.value.text.includes("T"))) return undefined;
  return read.value.text;
}

function timeOf(text: string): string | undefined {
  const read = readTime({ text });
  return read.ok ? read.value : undefined;
}

/** Source: HL7 v2.5.1 table 0136. */
function booleanOf(text: string): boolean | undefined {
  const capital = text.toUpperCase();
  if (["Y", "YES", "TRUE", "T", "1"].includes(capital)) return true;
  return ["N", "NO", "FALSE", "F", "0"].includes(capital) ? false : undefined;
}

function numberOf(text: string): number | undefined {
  const read = readNumber({ text });
  return read.ok ? Number(read.value) : undefined;
}

function wholeOf(text: string, least: number): number | undefined {
  const number = numberOf(text);
  return number !== undefined && Number.isSafeInteger(number) && number >= least ? number : undefined;
}
