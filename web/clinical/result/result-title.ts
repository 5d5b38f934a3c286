import type { Result } from "#departments/clinical/api";

/** What stands before a result: the organism of a growth, unless the result itself says it; else the name of the test. */
export function resultTitle({ organism, name, value }: Pick<Result, "organism" | "name" | "value">): string {
  return organism === undefined || organism === value.text ? name.text : organism;
}
