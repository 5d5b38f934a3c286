import { failed, incorrect, ok, type Problem, type Result } from "#kernel";
import { parseRendering, type Rendering } from "./rendering.ts";
import { suggestion } from "./suggestion.ts";

/** A request by the older web service, WADO-URI. Source: PS3.18 §9. */
export interface UriRequest {
  readonly study: string;
  readonly series: string;
  readonly instance: string;
  /** `contentType`, in the order of preference; undefined when nothing is said. */
  readonly contentType: string | undefined;
  readonly charset: string | undefined;
  /** Of `application/dicom`; `*` for as it is kept. */
  readonly transferSyntax: string | undefined;
  /** From 1 on. */
  readonly frame: number | undefined;
  readonly rendering: Rendering;
}

const known = [
  "requestType",
  "studyUID",
  "seriesUID",
  "objectUID",
  "contentType",
  "charset",
  "transferSyntax",
  "frameNumber",
  "annotation",
  "rows",
  "columns",
  "region",
  "windowCenter",
  "windowWidth",
  "imageQuality",
  "iccprofile",
  "anonymize",
  "presentationUID",
  "presentationSeriesUID",
] as const;

/**
 * Problems, all told: `parameter-unknown` (with what it may have been meant to be), `parameter-missing`, `parameter-invalid`,
 * `parameter-unsupported` (`anonymize`, `presentationUID`), those of `parseRendering`.
 */
export function parseUriRequest(parameters: URLSearchParams): Result<UriRequest> {
  const problems: Problem[] = [...namesUnknown(parameters)];
  if (parameters.get("requestType") !== "WADO") {
    problems.push(incorrect("parameter-invalid", "requestType is WADO.", { where: "requestType" }));
  }
  for (const name of ["anonymize", "presentationUID", "presentationSeriesUID"] as const) {
    if (!parameters.has(name)) continue;
    const message = `${name} is not done here.`;
    problems.push({ category: "unsupported", code: "parameter-unsupported", message, where: name });
  }
  const request = {
    study: uidOf(parameters, "studyUID", problems),
    series: uidOf(parameters, "seriesUID", problems),
    instance: uidOf(parameters, "objectUID", problems),
    contentType: parameters.get("contentType") ?? undefined,
    charset: parameters.get("charset") ?? undefined,
    transferSyntax: parameters.get("transferSyntax") ?? undefined,
    frame: frameOf(parameters, problems),
  };
  const rendering = parseRendering(asRendering(parameters, problems));
  if (!rendering.ok) problems.push(...rendering.problems);
  const [first, ...rest] = problems;
  if (first !== undefined) return failed(first, ...rest);
  return rendering.ok ? ok({ ...request, rendering: rendering.value }) : rendering;
}

function namesUnknown(parameters: URLSearchParams): readonly Problem[] {
  const unknown = [...parameters.keys()].filter((name) => !(known as readonly string[]).includes(name));
  return unknown.map((name) => {
    const near = suggestion(name, known);
    const meant = near !== undefined && (known as readonly string[]).includes(near) ? ` Did you mean ${near}?` : "";
    const shown = name.slice(0, 64);
    return incorrect("parameter-unknown", `${shown} is no parameter of this request.${meant}`, { where: shown });
  });
}

function uidOf(parameters: URLSearchParams, name: string, problems: Problem[]): string {
  const uid = parameters.get(name);
  if (uid === null) problems.push(incorrect("parameter-missing", `${name} is needed.`, { where: name }));
  else if (!/^[0-9.]{1,64}$/.test(uid)) {
    const message = `${name} is a UID of digits and full stops, 64 at most.`;
    problems.push(incorrect("parameter-invalid", message, { where: name }));
  }
  return uid ?? "";
}

function frameOf(parameters: URLSearchParams, problems: Problem[]): number | undefined {
  const text = parameters.get("frameNumber");
  if (text === null) return undefined;
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  problems.push(incorrect("parameter-invalid", "frameNumber is a number from 1 on.", { where: "frameNumber" }));
  return undefined;
}

/** The older words for the same. `rows` is a height, `columns` a width. */
function asRendering(parameters: URLSearchParams, problems: Problem[]): URLSearchParams {
  const rendering = new URLSearchParams();
  const value = (name: string) => parameters.get(name);
  for (const name of ["annotation", "iccprofile"]) {
    const text = value(name);
    if (text !== null) rendering.set(name, text);
  }
  const quality = value("imageQuality");
  if (quality !== null) rendering.set("quality", quality);
  const [center, width] = [value("windowCenter"), value("windowWidth")];
  if (center !== null && width !== null) rendering.set("window", `${center},${width}`);
  else if (center !== null || width !== null) {
    const message = "windowCenter and windowWidth are named together.";
    problems.push(incorrect("parameter-missing", message, { where: "windowCenter" }));
  }
  const [rows, columns] = [value("rows"), value("columns")];
  const side = rows ?? columns;
  if (side !== null) rendering.set("viewport", `${columns ?? side},${rows ?? side}`);
  return rendering;
}
