import { jsonPlaces } from "./json-places.ts";
import { lineOf, type Place } from "./place.ts";
import { xmlPlaces } from "./xml-places.ts";

/** A resource as somebody wrote it, JSON or XML by its first character. */
export interface WrittenResource {
  readonly contentType: "application/fhir+json" | "application/fhir+xml";
  /** Undefined where the text does not say. */
  readonly type: string | undefined;
  /** Of an issue's expression; undefined where the text has no such place. */
  lineOf(expression: string | undefined): number | undefined;
}

export function readWritten(text: string): WrittenResource {
  if (text.trimStart().startsWith("<")) {
    const places = xmlPlaces(text);
    const lines = linesIn(places?.root, undefined);
    // What is no XML is sent all the same: the server says where it stops being so.
    const type = places?.type ?? /<([A-Z][A-Za-z]+)[\s/>]/.exec(text)?.[1];
    return { contentType: "application/fhir+xml", type, lineOf: lines };
  }
  const { root, faultLine } = jsonPlaces(text);
  const type = /"resourceType"\s*:\s*"([A-Za-z]+)"/.exec(text)?.[1];
  return { contentType: "application/fhir+json", type, lineOf: linesIn(root, faultLine) };
}

function linesIn(root: Place | undefined, faultLine: number | undefined): WrittenResource["lineOf"] {
  return (expression) => {
    if (faultLine !== undefined) return faultLine;
    return root === undefined || expression === undefined ? undefined : lineOf(root, expression);
  };
}
