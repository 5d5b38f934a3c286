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

/** Later is greater: numbers are compared as numbers, anything else as text. */
export function compareVersions(a: string | undefined, b: string | undefined): number {
  return (a ?? "").localeCompare(b ?? "", "en", { numeric: true });
}
