import type { Rectangle } from "./image-rules.ts";

/** What of a picture lies in none of the parts, as rectangles that do not overlap. */
export function outside(parts: readonly Rectangle[], whole: Rectangle): readonly Rectangle[] {
  return parts.reduce<readonly Rectangle[]>((left, part) => left.flatMap((one) => without(one, part)), [whole]);
}

/** Above and below it in full width, left and right of it beside it. */
function without(one: Rectangle, part: Rectangle): readonly Rectangle[] {
  const left = Math.max(one.x, part.x);
  const top = Math.max(one.y, part.y);
  const right = Math.min(one.x + one.width, part.x + part.width);
  const bottom = Math.min(one.y + one.height, part.y + part.height);
  if (left >= right || top >= bottom) return [one];
  return [
    { x: one.x, y: one.y, width: one.width, height: top - one.y },
    { x: one.x, y: bottom, width: one.width, height: one.y + one.height - bottom },
    { x: one.x, y: top, width: left - one.x, height: bottom - top },
    { x: right, y: top, width: one.x + one.width - right, height: bottom - top },
  ].filter(({ width, height }) => width > 0 && height > 0);
}
