import { type CharacterSets, characterSetsOf, defaultCharacterSets } from "./character-set.ts";
import { tagNamed } from "./dictionary.ts";
import type { DataElement, Item } from "./element.ts";
import { type Tag, tags } from "./tag.ts";
import { numbersOf, textsOf } from "./values.ts";

/** The elements of a file or of an item, in their order, with what it takes to read their values. Nothing in it changes. */
export class DataSet {
  readonly elements: readonly DataElement[];
  /** Its own, or those of the data set it is an item of. */
  readonly characterSets: CharacterSets;
  #byTag: Map<Tag, DataElement> | undefined;

  constructor(elements: readonly DataElement[], inherited: CharacterSets = defaultCharacterSets) {
    this.elements = elements;
    this.characterSets = ownCharacterSets(elements) ?? inherited;
  }

  /** The element of a tag or keyword; the first, where a faulty file has several. */
  get(which: Tag | string): DataElement | undefined {
    if (this.#byTag === undefined) {
      this.#byTag = new Map();
      for (const element of this.elements) if (!this.#byTag.has(element.tag)) this.#byTag.set(element.tag, element);
    }
    const tag = typeof which === "number" ? which : tagNamed(which);
    return tag === undefined ? undefined : this.#byTag.get(tag);
  }

  /** The values of a text, without padding; none when it is absent or empty. */
  texts(which: Tag | string): readonly string[] {
    const element = this.get(which);
    return element === undefined ? [] : textsOf(element, this.characterSets).values;
  }

  /** The first value of a text; undefined when it is absent or empty. */
  text(which: Tag | string): string | undefined {
    return this.texts(which)[0] || undefined;
  }

  /** The values of numbers, IS and DS among them; those that are no numbers are left out. */
  numbers(which: Tag | string): readonly number[] {
    const element = this.get(which);
    return element === undefined ? [] : numbersOf(element).values;
  }

  number(which: Tag | string): number | undefined {
    return this.numbers(which)[0];
  }

  /** The items of a sequence; none when it is absent, empty or no sequence. */
  items(which: Tag | string): readonly DataSet[] {
    const content = this.get(which)?.content;
    return content?.is === "items" ? content.items.map((item: Item) => item.dataSet) : [];
  }

  /** A data set of other elements, whose texts are in the same character sets. */
  replacedBy(elements: readonly DataElement[]): DataSet {
    return new DataSet(elements, this.characterSets);
  }

  /** The same with these elements in place of those of the same tags, or added, in order. */
  with(...elements: readonly DataElement[]): DataSet {
    const replaced = new Set(elements.map(({ tag }) => tag));
    const others = this.elements.filter(({ tag }) => !replaced.has(tag));
    return new DataSet([...others, ...elements].sort(byTag), this.characterSets);
  }

  without(...unwanted: readonly Tag[]): DataSet {
    return new DataSet(
      this.elements.filter(({ tag }) => !unwanted.includes(tag)),
      this.characterSets,
    );
  }
}

function byTag(one: DataElement, other: DataElement): number {
  return one.tag - other.tag;
}

/** What (0008,0005) among these names; undefined when it is absent, empty or not known. */
export function ownCharacterSets(elements: readonly DataElement[]): CharacterSets | undefined {
  for (const element of elements) {
    if (element.tag > tags.characterSet) return undefined;
    if (element.tag !== tags.characterSet) continue;
    const { values } = textsOf(element, defaultCharacterSets);
    return values.every((value) => value === "") ? undefined : characterSetsOf(values);
  }
  return undefined;
}
