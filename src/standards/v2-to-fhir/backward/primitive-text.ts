import type { Json } from "#kernel";
import { codeMeaning } from "../code-tables.ts";
import type { CodeTable } from "../tables.ts";

/** A FHIR primitive as the text of a v2 value; undefined when v2 has no text for it. `type` is the R4 type. */
export function primitiveText(type: string, json: Json | undefined): string | undefined {
  if (json === undefined || json === null || typeof json === "object") return undefined;
  switch (type) {
    case "dateTime":
    case "instant":
    case "date":
      return timestampText(String(json));
    case "time":
      return String(json).replaceAll(":", "");
    case "boolean":
      return json === true ? "Y" : json === false ? "N" : undefined;
    default:
      return String(json);
  }
}

/** The v2 code of a table that means this; where several do, the first of the table. */
export function codeText(table: CodeTable, type: string, json: Json | undefined): string | undefined {
  if (type === "boolean") return primitiveText(type, json);
  const code = primitiveText(type, json);
  if (code === undefined) return undefined;
  return codeMeaning(table, code) ?? (table.codes.has(code) ? code : undefined);
}

/** `2026-11-23T09:30:00.5+01:00` as `20261123093000.5+0100`; undefined when it is no FHIR time. */
export function timestampText(text: string): string | undefined {
  const match = /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?)?)?$/.exec(text);
  if (match === null) return undefined;
  const [, year, month = "", day = "", hour = "", minute = "", second = "", fraction = "", zone = ""] = match;
  const offset = zone === "Z" ? "+0000" : zone.replace(":", "");
  return `${year}${month}${day}${hour}${minute}${second}${fraction.slice(0, 5)}${offset}`;
}
