/** A Bundle put together from JSON texts, none of which is parsed. */
export interface BundleParts {
  readonly type: "searchset" | "history" | "transaction-response" | "batch-response";
  /** Of all pages. */
  readonly total?: number | undefined;
  readonly links?: readonly BundleLink[];
  /** Each a JSON text of Bundle.entry. */
  readonly entries: readonly string[];
}

export interface BundleLink {
  readonly relation: "self" | "first" | "previous" | "next";
  readonly url: string;
}

export function bundleText({ type, total, links = [], entries }: BundleParts): string {
  const members = [`"resourceType":"Bundle"`, `"type":"${type}"`];
  if (total !== undefined) members.push(`"total":${total}`);
  // FHIR has no empty lists.
  if (links.length > 0) members.push(`"link":${JSON.stringify(links)}`);
  if (entries.length > 0) members.push(`"entry":[${entries.join(",")}]`);
  return `{${members.join(",")}}`;
}

/** An object from the texts of its members; those that are undefined are left out. */
export function objectText(members: Readonly<Record<string, string | undefined>>): string {
  const texts = Object.entries(members).flatMap(([name, text]) => (text === undefined ? [] : [`"${name}":${text}`]));
  return `{${texts.join(",")}}`;
}
