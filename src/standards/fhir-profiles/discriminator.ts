import { isJsonObject, type Json } from "#kernel";
import { bareUrl } from "./binding.ts";
import type { Definitions } from "./definitions.ts";
import { type Step, stepInto, stepsOf } from "./discriminator-path.ts";
import type { ItemCheck } from "./element-checks.ts";
import { type Item, objectOf } from "./element-item.ts";
import { type ElementNode, maxOf, minOf, typesOfNode, valueUnder } from "./element-node.ts";
import { unfolded } from "./snapshot.ts";
import { codingText } from "./terminology-check.ts";
import { fitsPattern, isSame } from "./value-match.ts";
import { isMet, type Visit } from "./visit.ts";

export interface Discriminator {
  readonly type: string;
  readonly path: string;
}

export type ItemTest = (item: Item, visit: Visit) => boolean;

interface Means {
  readonly definitions: Definitions;
  compile(node: ElementNode): ItemCheck | undefined;
}

/** Where a discriminator's path leads to in the definition of a slice. */
interface Target {
  /** Several behind `resolve()`, one for each allowed target. */
  readonly nodes: readonly ElementNode[];
  /** What fixed values and patterns further up ask of this place. */
  readonly implied: { readonly value: Json; readonly isFixed: boolean } | undefined;
}

/** A test whether a value is of that slice, by one discriminator. Undefined where the definition says nothing to go by. */
export function compileDiscriminator(
  { type, path }: Discriminator,
  slice: ElementNode,
  means: Means,
): ItemTest | undefined {
  const steps = stepsOf(path);
  if (steps === undefined) return undefined;
  const url = extensionUrl(slice, steps);
  const target = url === undefined ? targetOf(slice, steps, means) : undefined;
  const test = url === undefined ? testOf(type, target, means) : valueTest({ value: url, isFixed: true });
  if (test === undefined) return undefined;
  return (item, visit) => test(itemsAt(item, steps, visit), visit);
}

type ItemsTest = (items: readonly Item[], visit: Visit) => boolean;

/** A slice of extensions by profile: the url is that of the profile, also where its definition is not at hand. */
function extensionUrl(slice: ElementNode, steps: readonly Step[]): string | undefined {
  const [only, ...others] = steps;
  if (only?.is !== "child" || only.name !== "url" || others.length > 0) return undefined;
  const [type] = typesOfNode(slice);
  const [profile] = type?.profiles ?? [];
  return type?.code !== "Extension" || profile === undefined ? undefined : bareUrl(profile);
}

function testOf(type: string, target: Target | undefined, means: Means): ItemsTest | undefined {
  const [node] = target?.nodes ?? [];
  if (target === undefined || node === undefined) return undefined;
  if (type === "exists") return existsTest(node);
  if (type === "type") return typeTest(target.nodes);
  if (type === "profile") return profileTest(target.nodes);
  if (target.implied !== undefined) return valueTest(target.implied);
  return boundTest(node) ?? contentTest(node, means);
}

function existsTest(node: ElementNode): ItemsTest | undefined {
  if (maxOf(node) === 0) return (items) => items.length === 0;
  return minOf(node) > 0 ? (items) => items.length > 0 : undefined;
}

function typeTest(nodes: readonly ElementNode[]): ItemsTest {
  const codes = new Set(
    nodes.flatMap((node) =>
      typesOfNode(node)
        .map(({ code }) => code)
        .concat(rootType(node)),
    ),
  );
  return (items) =>
    items.some((item) => {
      const { resourceType } = objectOf(item);
      const type = item.type ?? (typeof resourceType === "string" ? resourceType : undefined);
      return type !== undefined && codes.has(type);
    });
}

/** A definition's root has no type but its name. */
function rootType(node: ElementNode): readonly string[] {
  return typesOfNode(node).length === 0 ? [node.name] : [];
}

function profileTest(nodes: readonly ElementNode[]): ItemsTest {
  const profiles = nodes.flatMap((node) => [
    ...typesOfNode(node).flatMap((type) => type.profiles),
    ...(typeof node.element.profileUrl === "string" ? [node.element.profileUrl] : []),
  ]);
  return (items, visit) =>
    items.some(({ value }) => {
      if (!isJsonObject(value)) return false;
      return profiles.some((profile) => visit.means.profiles.conforms(profile, value, visit) === true);
    });
}

function valueTest({ value, isFixed }: { readonly value: Json; readonly isFixed: boolean }): ItemsTest {
  return (items) => items.some((item) => (isFixed ? isSame(item.value, value) : fitsPattern(item.value, value)));
}

function boundTest({ element }: ElementNode): ItemsTest | undefined {
  const { binding } = element;
  if (!isJsonObject(binding) || binding.strength !== "required" || typeof binding.valueSet !== "string")
    return undefined;
  const url = bareUrl(binding.valueSet);
  return (items, visit) =>
    items.some(({ value }) =>
      codingsOf(value).some((coding) => visit.means.terminology.isMember(url, coding) === true),
    );
}

function codingsOf(value: Json | undefined): readonly { readonly system?: string; readonly code: string }[] {
  if (typeof value === "string") return [{ code: value }];
  if (!isJsonObject(value)) return [];
  if (Array.isArray(value.coding)) return value.coding.flatMap((coding) => codingsOf(coding as Json));
  const coding = codingText(value);
  return coding === undefined ? [] : [coding];
}

/** Neither fixed nor bound itself: what is asked further down decides. */
function contentTest(node: ElementNode, means: Means): ItemsTest | undefined {
  const check = means.compile(node);
  if (check === undefined) return undefined;
  return (items, visit) => items.some((item) => isMet(visit, (trial) => check(item, trial)));
}

function itemsAt(item: Item, steps: readonly Step[], visit: Visit): readonly Item[] {
  return steps.reduce<readonly Item[]>((items, step) => items.flatMap((each) => stepInto(each, step, visit)), [item]);
}

function targetOf(slice: ElementNode, steps: readonly Step[], means: Means): Target | undefined {
  let target: Target = { nodes: [slice], implied: ownValue(slice) };
  for (const step of steps) {
    const nodes = target.nodes.flatMap((node) => nodesAt(node, step, means));
    const [first] = nodes;
    const own = first === undefined ? undefined : ownValue(first);
    const passed = step.is === "child" ? partOf(target.implied, step.name) : undefined;
    target = { nodes, implied: own ?? passed };
  }
  return target.nodes.length === 0 ? undefined : target;
}

function nodesAt(node: ElementNode, step: Step, { definitions }: Means): readonly ElementNode[] {
  if (step.is === "type") return [node];
  if (step.is === "resolve") {
    return typesOfNode(node)
      .flatMap(({ targetProfiles }) => targetProfiles)
      .flatMap((profile) => {
        const root = definitions.find(profile)?.root;
        return root === undefined ? [] : [{ ...root, element: { ...root.element, profileUrl: profile } }];
      });
  }
  const children = unfolded(node, definitions);
  if (step.is === "child") {
    const child = children.get(step.name);
    return child === undefined ? [] : [child];
  }
  const slices = children.get("extension")?.slices ?? [];
  return slices.filter((slice) => extensionUrl(slice, [{ is: "child", name: "url" }]) === step.url);
}

function ownValue({ element }: ElementNode): Target["implied"] {
  const fixed = valueUnder(element, "fixed");
  if (fixed !== undefined) return { value: fixed, isFixed: true };
  const pattern = valueUnder(element, "pattern");
  return pattern === undefined ? undefined : { value: pattern, isFixed: false };
}

function partOf(implied: Target["implied"], name: string): Target["implied"] {
  const { value } = implied ?? {};
  const part = isJsonObject(value) ? value[name] : undefined;
  if (part === undefined) return undefined;
  const [first] = Array.isArray(part) ? part : [part];
  return first === undefined ? undefined : { value: first as Json, isFixed: implied?.isFixed === true };
}
