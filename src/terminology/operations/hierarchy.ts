import type { CodeSystemSource } from "../systems/source.ts";
import type { Contained, ExpandOrder } from "./expand.ts";

/** Whether an expansion shows what is under what: one whole system with a hierarchy, all of it, as it stands. */
export function isTree(order: ExpandOrder, source: CodeSystemSource | undefined): source is CodeSystemSource {
  const [part, ...others] = order.valueSet.parts;
  return (
    order.isNested &&
    others.length === 0 &&
    part?.set.is === "all" &&
    order.filter === undefined &&
    order.count === undefined &&
    order.offset === 0 &&
    source?.local?.isHierarchical === true
  );
}

/** Each concept under its parents; one with several stands under each, one whose parents are left out at the top. */
export function treeOf(flat: readonly Contained[], { local }: CodeSystemSource): readonly Contained[] {
  const byCode = new Map(flat.map((one) => [one.code, one]));
  const nested = (one: Contained, above: readonly string[]): Contained => {
    const inner = (local?.children(one.code) ?? []).filter((code) => !above.includes(code) && code !== one.code);
    const contains = inner.flatMap((code) => {
      const child = byCode.get(code);
      return child === undefined ? [] : [nested(child, [...above, one.code])];
    });
    return contains.length === 0 ? one : { ...one, contains };
  };
  const isRoot = ({ code }: Contained) => !local?.find(code)?.parents.some((parent) => byCode.has(parent));
  return flat.filter(isRoot).map((one) => nested(one, []));
}
