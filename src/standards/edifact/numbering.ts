import type { EdifactSegment } from "./segment.ts";
import { type SegmentElements, tagOf } from "./segments.ts";

/** Segments with their places: each counted among those of its tag. */
export function numbered(segments: readonly SegmentElements[]): readonly EdifactSegment[] {
  const counts = new Map<string, number>();
  return segments.map((elements) => {
    const tag = tagOf(elements);
    const count = (counts.get(tag) ?? 0) + 1;
    counts.set(tag, count);
    return { tag, where: `${tag}[${count}]`, elements };
  });
}
