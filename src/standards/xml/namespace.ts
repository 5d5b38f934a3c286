/** Declarations in force: the innermost first. */
export interface NamespaceScope {
  readonly prefix: string;
  readonly uri: string;
  readonly depth: number;
  readonly outer: NamespaceScope | undefined;
}

const xmlNamespace = "http://www.w3.org/XML/1998/namespace";
const xmlnsNamespace = "http://www.w3.org/2000/xmlns/";

/** The prefix `xml` needs no declaration. Source: Namespaces in XML 1.0 §3. */
export const rootScope: NamespaceScope = { prefix: "xml", uri: xmlNamespace, depth: 0, outer: undefined };

/** The namespace of a prefix, empty for an undeclared default; undefined for an undeclared prefix. */
export function namespaceOf(prefix: string, scope: NamespaceScope): string | undefined {
  for (let at: NamespaceScope | undefined = scope; at !== undefined; at = at.outer) {
    if (at.prefix === prefix) return at.uri;
  }
  return prefix === "" ? "" : undefined;
}

/** A scope with one more declaration; undefined where that one is not allowed. Source: Namespaces in XML 1.0 §3, §5. */
export function declare(scope: NamespaceScope, prefix: string, uri: string): NamespaceScope | undefined {
  if (prefix === "xmlns" || uri === xmlnsNamespace || (prefix !== "" && uri === "")) return undefined;
  if ((prefix === "xml") !== (uri === xmlNamespace)) return undefined;
  return { prefix, uri, depth: scope.depth + 1, outer: scope };
}
