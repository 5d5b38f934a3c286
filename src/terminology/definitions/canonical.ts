/** A canonical reference in its parts: `http://hl7.org/fhir/ValueSet/languages|4.0.1`. */
export interface Canonical {
  readonly url: string;
  readonly version?: string;
}

export function parseCanonical(text: string): Canonical {
  const bar = text.indexOf("|");
  if (bar === -1) return { url: text };
  const version = text.slice(bar + 1);
  return { url: text.slice(0, bar), ...(version === "" ? {} : { version }) };
}

/** `url|version`, or the url alone. */
export function canonicalText({ url, version }: Canonical): string {
  return version === undefined ? url : `${url}|${version}`;
}

/** Whether a version is the one that is wanted; parts of that may be left open, as in `1.x` or `1.0.*`. */
export function isVersion(version: string | undefined, wanted: string): boolean {
  if (version === wanted) return true;
  const parts = wanted.split(".");
  if (version === undefined || !parts.some(isOpen)) return false;
  const own = version.split(".");
  return own.length >= parts.length && parts.every((part, at) => isOpen(part) || part === own[at]);
}

function isOpen(part: string): boolean {
  return part === "x" || part === "X" || part === "*";
}

/** Later is greater: numbers are compared as numbers, anything else as text. */
export function compareVersions(a: string | undefined, b: string | undefined): number {
  return (a ?? "").localeCompare(b ?? "", "en", { numeric: true });
}
