import type { Segment } from "./segment.ts";

/** A group while it is being filled: the same, but writable all the way down. */
export type Draft<Group> = Group extends Segment
  ? Segment
  : Group extends readonly (infer Item)[]
    ? Draft<Item>[]
    : Group extends object
      ? { -readonly [Key in keyof Group]: Draft<Group[Key]> }
      : Group;
