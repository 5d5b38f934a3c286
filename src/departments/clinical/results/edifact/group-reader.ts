import type { SegmentGroup } from "#standards/edifact";
import type { MessageBooks, SegmentBook } from "./segment-book.ts";

/** A segment group being mapped. */
export class GroupReader {
  readonly group: SegmentGroup;
  readonly books: MessageBooks;

  constructor(group: SegmentGroup, books: MessageBooks) {
    this.group = group;
    this.books = books;
  }

  /** All segments of a tag, with a qualifier in the first element where one is asked for. */
  all(tag: string, qualifier?: string): readonly SegmentBook[] {
    return this.group.segments
      .filter((segment) => segment.tag === tag)
      .map((segment) => this.books.of(segment))
      .filter((book) => qualifier === undefined || book.peek(1) === qualifier);
  }

  first(tag: string, qualifier?: string): SegmentBook | undefined {
    return this.all(tag, qualifier)[0];
  }

  groups(name: string): readonly GroupReader[] {
    return this.group.groups.filter((group) => group.name === name).map((group) => new GroupReader(group, this.books));
  }

  inner(name: string): GroupReader | undefined {
    return this.groups(name)[0];
  }
}
