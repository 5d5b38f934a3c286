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

/** What resources point at, as far as it lies on this server; an address in full is followed where it begins with `base`. */
export function referredTo(versions: readonly Version[], base: string): readonly Key[] {
  const references = writtenReferences(versions, "*");
  return ownKeys(
    references.map(({ text }) => text),
    base,
  );
}

/** A reference or canonical as it stands, and the parameter that it is found by. */
export interface WrittenReference {
  readonly type: string;
  readonly parameter: string;
  readonly text: string;
}

/** Those of one reference parameter, or of all (`*`). */
export function writtenReferences(versions: readonly Version[], parameter: string): readonly WrittenReference[] {
  const found: WrittenReference[] = [];
  for (const version of versions) {
    const { kind: type } = version;
    const reference = (code: string, text: string) => void found.push({ type, parameter: code, text });
    indexerFor(type, parameter)(parseBody(version), { ...silentSink, reference });
  }
  return found;
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
