import type { Problem } from "#kernel";
import { type CharacterSets, defaultCharacterSets } from "./character-set.ts";
import { DataSet } from "./data-set.ts";
import { readElements } from "./read-elements.ts";
import { type Form, Source } from "./source.ts";
import type { Tag } from "./tag.ts";

export interface ReadOptions {
  /** Where in the bytes the data set begins; 0 when absent. */
  readonly at?: number;
  /** Reading stops before this tag: with that of pixel data, the header alone is read, from however few bytes hold it. */
  readonly until?: Tag;
  /** Reading stops before any other group, as that of meta information does. */
  readonly group?: number;
  readonly characterSets?: CharacterSets;
}

export interface DataSetReading {
  readonly dataSet: DataSet;
  /** Where the first byte stands that was not read: the stop, the end, or where nothing made sense any more. */
  readonly next: number;
  /** False when the bytes ended, or made no sense, before the stop or the end: more of them may help. */
  readonly isWhole: boolean;
  readonly problems: readonly Problem[];
}

/** A data set from its bytes, values as views of them. `form` is that of its transfer syntax, unpacked. */
export function readDataSet(bytes: Uint8Array, form: Form, options: ReadOptions = {}): DataSetReading {
  const { at = 0, until, group, characterSets = defaultCharacterSets } = options;
  const source = new Source(bytes, at);
  const elements = readElements(
    { source, form, characterSets },
    { end: bytes.length, isDelimited: false, until, group },
  );
  const isWhole = !source.isOver && (until === undefined || source.at < bytes.length);
  return { dataSet: new DataSet(elements, characterSets), next: source.at, isWhole, problems: source.problems };
}
