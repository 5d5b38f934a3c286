import {
  compileIndexer,
  type Indexer,
  isResourceType,
  parseReference,
  rememberByType,
  searchParametersOf,
  silentSink,
} from "#standards/fhir";
import { type Key, parseBody, type Version } from "../../documents/document.ts";

/** Which references of a resource are wanted. */
export interface WantedReferences {
  /** A reference parameter, or `*` for all of them. */
  readonly parameter: string;
  /** Only references to this type. */
  readonly target: string | undefined;
}

/** What resources point at, as far as it lies on this server; an address in full is followed where it begins with `base`. */
export function referredTo(
  versions: readonly Version[],
  { parameter, target }: WantedReferences,
  base: string,
): readonly Key[] {
  const texts = new Set<string>();
  const sink = { ...silentSink, reference: (_parameter: string, text: string) => void texts.add(text) };
  for (const version of versions) indexerFor(version.kind, parameter)(parseBody(version), sink);
  const keys = ownKeys(texts, base);
  return target === undefined ? keys : keys.filter(({ kind }) => kind === target);
}

/** What lies on this server of what references say, each once, in their order. */
export function ownKeys(references: Iterable<string>, base: string): readonly Key[] {
  const keys = new Map<string, Key>();
  for (const text of references) {
    const literal = parseReference(text);
    const isOwn = literal !== undefined && (literal.base === undefined || literal.base === base);
    if (!isOwn || !isResourceType(literal.type)) continue;
    keys.set(`${literal.type}/${literal.id}`, { kind: literal.type, id: literal.id });
  }
  return [...keys.values()];
}

/** The reference parameters of a type. */
export function referenceParameters(type: string): readonly string[] {
  return searchParametersOf(type).flatMap((parameter) => (parameter.type === "reference" ? [parameter.code] : []));
}

const indexers = rememberByType((name): Indexer => {
  const [type = "", parameter = ""] = name.split(":");
  return compileIndexer(type, parameter === "*" ? referenceParameters(type) : [parameter]);
});

function indexerFor(type: string, parameter: string): Indexer {
  return indexers(`${type}:${parameter}`);
}
