import { isJsonObject, type JsonObject } from "#kernel";
import type { Definitions } from "./definitions.ts";
import { compileDiscriminator, type Discriminator, type ItemTest } from "./discriminator.ts";
import type { ItemCheck } from "./element-checks.ts";
import type { Item } from "./element-item.ts";
import { type ElementNode, maxOf, minOf, objects } from "./element-node.ts";
import { error, isMet, report, reportUnder, type Visit } from "./visit.ts";

/** Checks all values of a sliced element; the visit's path is that of the parent. */
export type SlicingCheck = (items: readonly Item[], visit: Visit) => void;

export interface SlicingMeans {
  readonly definitions: Definitions;
  /** What a node asks of one value. */
  compile(node: ElementNode): ItemCheck | undefined;
}

interface Slice {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  readonly matches: ItemTest;
  readonly check: ItemCheck | undefined;
}

interface Slicing {
  readonly name: string;
  readonly rules: string;
  readonly ordered: boolean;
  readonly slices: readonly Slice[];
  /** For what is in no other slice. */
  readonly rest: ItemCheck | undefined;
}

const restName = "@default";

/** Source: FHIR R4 §5.1.0.13 (slicing), §5.1.0.14 (discriminators). */
export function compileSlicing(node: ElementNode, means: SlicingMeans): SlicingCheck | undefined {
  if (node.slices.length === 0) return undefined;
  const stated = isJsonObject(node.element.slicing) ? node.element.slicing : {};
  const discriminators = discriminatorsOf(node, stated);
  const named = node.slices.filter(({ sliceName }) => sliceName !== restName);
  const rest = node.slices.find(({ sliceName }) => sliceName === restName);
  const slicing: Slicing = {
    name: node.name,
    rules: typeof stated.rules === "string" ? stated.rules : "open",
    ordered: stated.ordered === true,
    slices: named.map((slice) => compileSlice(slice, discriminators, means)),
    rest: rest === undefined ? undefined : means.compile(rest),
  };
  return (items, visit) => checkSlices(slicing, items, visit);
}

/** Extensions are sliced by url and choices by type, though the definition may not say so. */
function discriminatorsOf({ name, choice }: ElementNode, stated: JsonObject): readonly Discriminator[] {
  const given = objects(stated.discriminator).flatMap(({ type, path }): readonly Discriminator[] =>
    typeof type === "string" && typeof path === "string" ? [{ type, path }] : [],
  );
  if (given.length > 0) return given;
  if (name === "extension" || name === "modifierExtension") return [{ type: "value", path: "url" }];
  return choice ? [{ type: "type", path: "$this" }] : [];
}

function compileSlice(node: ElementNode, discriminators: readonly Discriminator[], means: SlicingMeans): Slice {
  const check = means.compile(node);
  const tests = discriminators.flatMap((each) => compileDiscriminator(each, node, means) ?? []);
  return {
    name: node.sliceName ?? "",
    min: minOf(node),
    max: maxOf(node),
    matches: tests.length > 0 ? (item, visit) => tests.every((test) => test(item, visit)) : byContent(check),
    check,
  };
}

/** Without a discriminator that can be asked, a value is of a slice when it meets all that the slice asks. */
function byContent(check: ItemCheck | undefined): ItemTest {
  return (item, visit) => isMet(visit, (trial) => check?.(item, trial));
}

function checkSlices(slicing: Slicing, items: readonly Item[], visit: Visit): void {
  const counts = new Map<Slice, number>();
  let furthest = -1;
  let isPastSlices = false;
  for (const item of items) {
    visit.path.push(...item.steps);
    const matched = slicing.slices.filter((slice) => slice.matches(item, visit));
    for (const slice of matched) counts.set(slice, (counts.get(slice) ?? 0) + 1);
    const [first] = matched;
    if (first === undefined) {
      isPastSlices = true;
      checkUnmatched(slicing, item, visit);
    } else {
      const place = slicing.slices.indexOf(first);
      if (slicing.ordered && place < furthest) reportOrder(first, visit);
      if (slicing.rules === "openAtEnd" && isPastSlices) reportNotAtEnd(first, visit);
      furthest = Math.max(furthest, place);
      for (const slice of matched) slice.check?.(item, visit);
    }
    visit.path.length -= item.steps.length;
  }
  for (const slice of slicing.slices) checkCount(slice, { name: slicing.name, count: counts.get(slice) ?? 0 }, visit);
}

function checkUnmatched({ rules, slices, rest }: Slicing, item: Item, visit: Visit): void {
  if (rest !== undefined) rest(item, visit);
  else if (rules === "closed") {
    const message = `This is none of the slices ${slices.map(({ name }) => name).join(", ")}, and no others are allowed.`;
    report(visit, error("structure", "slicing-closed", message));
  }
}

function reportOrder({ name }: Slice, visit: Visit): void {
  report(
    visit,
    error("structure", "slice-order", `The slice ${name} must stand before the slice that goes before it here.`),
  );
}

function reportNotAtEnd({ name }: Slice, visit: Visit): void {
  report(
    visit,
    error("structure", "slice-order", `What is in no slice must stand at the end, behind the slice ${name}.`),
  );
}

function checkCount(
  { name: slice, min, max }: Slice,
  { name, count }: { readonly name: string; readonly count: number },
  visit: Visit,
): void {
  if (count < min) {
    const times = min === 1 ? "" : ` ${min} times`;
    const message = `${name} must have the slice ${slice}${times}, and has it ${count} times.`;
    reportUnder(visit, [name], error("required", "slice-missing", message));
  } else if (count > max) {
    const message = max === 0 ? "must not have" : `may have ${max} times at most`;
    reportUnder(visit, [name], error("structure", "too-many-in-slice", `${name} ${message} the slice ${slice}.`));
  }
}
