export type { SearchedCode, SearchTerminology } from "./for-search.ts";
export { openTerminology, type Terminology, type TerminologyNeeds } from "./open-terminology.ts";
export type * from "./store.ts";
export type { CheckedCode, TerminologyCheck } from "./sync-check.ts";
export type { CodeSet } from "./systems/code-set.ts";
export { type Concept, propertyText } from "./systems/concept.ts";
export type { ConceptPage, ConceptQuery } from "./systems/source.ts";
export { searchText, wordsOf } from "./systems/words.ts";
