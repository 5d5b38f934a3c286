import type { KindDefinition } from "#record";
import { awaitedResultDefinition } from "./awaited-result.ts";
import { linkAlertDefinition } from "./link-alert.ts";
import { rhythmKinds } from "./link-rhythm.ts";
import { linkSequenceDefinition } from "./link-sequence.ts";
import { unorderedResultsDefinition } from "./unordered-results.ts";
import { watchCursorDefinition } from "./watch-cursor.ts";

/** What the record knows of noticing what did not arrive. */
export const watchKinds: readonly KindDefinition[] = [
  linkAlertDefinition,
  ...rhythmKinds,
  linkSequenceDefinition,
  awaitedResultDefinition,
  unorderedResultsDefinition,
  watchCursorDefinition,
];
