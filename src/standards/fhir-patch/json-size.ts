import type { Json } from "#kernel";

export interface JsonSize {
  /** Values of any kind, the whole included. */
  readonly values: number;
  /** 0 for a value that holds no other. */
  readonly depth: number;
}

/** How large a value is; counting stops soon after one of the limits is passed. */
export function sizeOf(value: Json, max: JsonSize): JsonSize {
  if (typeof value !== "object" || value === null) return { values: 1, depth: 0 };
  let values = 1;
  let depth = 0;
  for (const inner of Object.values(value as { readonly [key: string]: Json })) {
    if (values > max.values || depth > max.depth || max.depth < 0) break;
    const size = sizeOf(inner, { values: max.values - values, depth: max.depth - 1 });
    values += size.values;
    depth = Math.max(depth, size.depth + 1);
  }
  return { values, depth };
}
