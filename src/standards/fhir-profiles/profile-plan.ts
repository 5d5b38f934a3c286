import type { Definitions } from "./definitions.ts";
import { type ItemCheck, valueChecks } from "./element-checks.ts";
import { type Item, itemsOf, objectOf } from "./element-item.ts";
import { type ElementNode, maxOf, minOf } from "./element-node.ts";
import { compileSlicing } from "./slicing.ts";
import { typeChecks } from "./type-checks.ts";
import { error, type Finding, isFull, isTooDeep, reportUnder, type Visit } from "./visit.ts";

/** Checks the values of one element of `parent`; the visit's path is that of the parent. */
type ChildCheck = (parent: Item, visit: Visit) => void;

/**
 * Everything that a node of a definition asks of one value and of what is in it, beyond what the base types ask anyway;
 * undefined where that is nothing.
 */
export function compileNode(node: ElementNode, definitions: Definitions): ItemCheck | undefined {
  const checks = [...valueChecks(node), ...typeChecks(node)];
  const children = [...(node.children?.values() ?? [])].flatMap((child) => compileChild(child, definitions) ?? []);
  if (children.length > 0) checks.push((item, visit) => checkChildren(children, item, visit));
  if (checks.length === 0) return undefined;
  return (item, visit) => {
    if (isTooDeep(visit)) return;
    for (const check of checks) check(item, visit);
  };
}

function checkChildren(children: readonly ChildCheck[], item: Item, visit: Visit): void {
  if (item.value === undefined && item.beside === undefined) return;
  for (const check of children) {
    if (isFull(visit)) return;
    check(item, visit);
  }
}

function compileChild(node: ElementNode, definitions: Definitions): ChildCheck | undefined {
  const count = countCheck(node);
  const each = compileNode(node, definitions);
  const compile = (inner: ElementNode): ItemCheck | undefined => compileNode(inner, definitions);
  const slicing = compileSlicing(node, { definitions, compile });
  if (count === undefined && each === undefined && slicing === undefined) return undefined;
  return (parent, visit) => {
    const items = itemsOf(objectOf(parent), node);
    const miscounted = count?.(items.length);
    if (miscounted !== undefined) reportUnder(visit, [node.name], miscounted);
    if (items.length > 0 && each !== undefined) checkItems(items, each, visit);
    slicing?.(items, visit);
  };
}

function checkItems(items: readonly Item[], check: ItemCheck, visit: Visit): void {
  for (const item of items) {
    visit.path.push(...item.steps);
    check(item, visit);
    visit.path.length -= item.steps.length;
  }
}

/** Undefined where the base says the same. */
function countCheck(node: ElementNode): ((count: number) => Finding | undefined) | undefined {
  const min = minOf(node);
  const max = maxOf(node);
  const base = typeof node.element.base === "object" ? (node.element.base as { min?: number; max?: string }) : {};
  const isNarrower = min > (base.min ?? 0) || (max !== Number.POSITIVE_INFINITY && String(max) !== base.max);
  if (!isNarrower) return undefined;
  return (count) => {
    if (count < min) return error("required", "required-element-missing", tooFew(node.name, min));
    if (count > max) return error("structure", "too-many-values", tooMany(node.name, max));
    return undefined;
  };
}

function tooFew(name: string, min: number): string {
  return min === 1 ? `${name} must be given.` : `${name} must be given ${min} times at least.`;
}

function tooMany(name: string, max: number): string {
  return max === 0 ? `${name} must not be given.` : `${name} may be given ${max} times at most.`;
}
