import { isPrimitiveType } from "#standards/fhir";
import { formatDateTime } from "../../parts/format/dates.ts";
import { isRecord } from "../fhir/outcome.ts";
import { ValueLine } from "../values/value-line.tsx";
import { valueText } from "../values/value-text.ts";

/** Datatypes that people read as one value, and not as a list of parts. */
const oneLiners: ReadonlySet<string> = new Set([
  "HumanName",
  "Address",
  "ContactPoint",
  "Identifier",
  "Coding",
  "CodeableConcept",
  "Quantity",
  "Age",
  "Count",
  "Distance",
  "Duration",
  "Money",
  "Range",
  "Ratio",
  "Period",
  "Reference",
  "Annotation",
  "Attachment",
]);

export function isOneLine(type: string): boolean {
  return isPrimitiveType(type) || oneLiners.has(type);
}

/** Base64 and other long texts are cut: the JSON has them whole. */
const textLengthMax = 2_000;

export function OneLine({ type, value }: { readonly type: string; readonly value: unknown }) {
  if (type === "Annotation" && isRecord(value)) return <AnnotationLine annotation={value} />;
  if (type === "base64Binary") return <span className="quiet">{String(value).length} characters of base64</span>;
  const text = typeof value === "string" ? value : "";
  if (text.length > textLengthMax) return <span className="readable-text">{text.slice(0, textLengthMax)} …</span>;
  if (type === "markdown" || text.includes("\n")) return <span className="readable-text">{text}</span>;
  return <ValueLine type={type} value={value} />;
}

function AnnotationLine({ annotation }: { readonly annotation: Readonly<Record<string, unknown>> }) {
  const { authorString, authorReference, time } = annotation;
  return (
    <>
      <span className="readable-text">{valueText("Annotation", annotation)}</span>
      <span className="readable-codes">
        {typeof authorString === "string" ? `${authorString} ` : null}
        {authorReference === undefined ? null : <ValueLine type="Reference" value={authorReference} />}
        {typeof time === "string" ? ` ${formatDateTime(time)}` : null}
      </span>
    </>
  );
}

/** The codes behind the words, and the systems and uses of identifiers. */
export function CodesLine({ type, value }: { readonly type: string; readonly value: unknown }) {
  if (!isRecord(value)) return null;
  const codes = codesOf(type, value);
  return codes.map((code) => (
    <span key={code} className="readable-codes fixed-width">
      {code}
    </span>
  ));
}

function codesOf(type: string, value: Readonly<Record<string, unknown>>): readonly string[] {
  switch (type) {
    case "Coding":
      return [pair(value.system, value.code)];
    case "CodeableConcept":
      return Array.isArray(value.coding)
        ? value.coding.filter(isRecord).map((coding) => {
            const display = coding.display !== undefined && coding.display !== value.text ? ` ${coding.display}` : "";
            return pair(coding.system, coding.code) + display;
          })
        : [];
    case "Identifier":
      return [value.system, value.use].filter((part) => typeof part === "string");
    case "Quantity":
      return value.code === undefined || value.code === value.unit ? [] : [pair(value.system, value.code)];
    case "Reference":
      return typeof value.reference === "string" && value.display !== undefined ? [value.reference] : [];
    case "HumanName":
    case "Address":
      return typeof value.use === "string" ? [value.use] : [];
    default:
      return [];
  }
}

function pair(system: unknown, code: unknown): string {
  return [system, code].filter((part) => part !== undefined).join(" | ");
}
