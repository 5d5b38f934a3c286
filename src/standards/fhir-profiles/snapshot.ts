import { isJsonObject, type Json, type JsonObject } from "#kernel";
import { shapeOf } from "#standards/fhir";
import type { Definitions } from "./definitions.ts";
import { baseTree, copyOf, coreUrl, type ElementNode, objects, shapeChildren, typesOfNode } from "./element-node.ts";

interface Growth {
  readonly root: ElementNode;
  readonly definitions: Definitions;
  readonly flaws: string[];
  /** Whether the elements come one by one from a snapshot, so that nothing is inherited. */
  readonly isSnapshot: boolean;
}

/**
 * The tree of elements of a StructureDefinition: from its snapshot, or where it has none from the tree of its base with its
 * differential laid over it. Flaws name elements that have no place in the base. Source: FHIR R4 §5.1.0.11 (snapshots).
 */
export function growTree(
  json: JsonObject,
  definitions: Definitions,
): { readonly root: ElementNode; readonly flaws: readonly string[] } {
  const snapshot = isJsonObject(json.snapshot) ? objects(json.snapshot.element) : [];
  const differential = isJsonObject(json.differential) ? objects(json.differential.element) : [];
  const isSnapshot = snapshot.length > 0;
  const flaws: string[] = [];
  const root = isSnapshot ? emptyRoot(json) : inheritedRoot(json, definitions, flaws);
  const growth = { root, definitions, flaws, isSnapshot };
  const ids = new Map<string, string>();
  for (const element of isSnapshot ? snapshot : differential) lay(element, idOf(element, ids), growth);
  return { root, flaws };
}

function emptyRoot({ type }: JsonObject): ElementNode {
  const name = typeof type === "string" ? type : "Resource";
  return { name, choice: false, sliceName: undefined, element: {}, shape: name, children: undefined, slices: [] };
}

function inheritedRoot({ baseDefinition, type }: JsonObject, definitions: Definitions, flaws: string[]): ElementNode {
  const url = typeof baseDefinition === "string" ? baseDefinition : coreUrl + String(type);
  const base = definitions.find(url);
  if (base === undefined) flaws.push(`The definition it is derived from, ${url}, is not at hand.`);
  const root = base?.root ?? baseTree(String(type)) ?? emptyRoot({ type: "Resource" });
  return copyOf(root);
}

/** The element's id, or where it has none one put together from its path and slice and the elements before it. */
function idOf({ id, path, sliceName }: JsonObject, ids: Map<string, string>): string {
  const way = typeof path === "string" ? path : "";
  const parent = way.slice(0, Math.max(0, way.lastIndexOf(".")));
  const last = way.slice(parent === "" ? 0 : parent.length + 1);
  const slice = typeof sliceName === "string" ? `:${sliceName}` : "";
  const made = `${parent === "" ? "" : `${ids.get(parent) ?? parent}.`}${last}${slice}`;
  const chosen = typeof id === "string" ? id : made;
  ids.set(way, chosen);
  return chosen;
}

function lay(element: JsonObject, id: string, growth: Growth): void {
  const [, ...steps] = id.split(".");
  if (!isIdOfPath(id, element.path)) {
    growth.flaws.push(`The id ${id} does not go with the path ${String(element.path)}.`);
    return;
  }
  let node: ElementNode | undefined = growth.root;
  for (const step of steps) {
    const [name = "", ...slice] = step.split(":");
    node = childNode(node, name, { growth, slice: slice.length > 0 ? slice.join(":") : undefined });
    if (node === undefined) {
      growth.flaws.push(`The element ${id} has no place in what the definition is derived from.`);
      return;
    }
  }
  node.element = merged(node.element, element, growth.isSnapshot);
}

function merged(earlier: JsonObject, later: JsonObject, isSnapshot: boolean): JsonObject {
  if (isSnapshot) return later;
  const constraint = [...objects(earlier.constraint), ...objects(later.constraint)];
  const path = earlier.path ?? later.path ?? "";
  return { ...earlier, ...later, path, ...(constraint.length > 0 ? { constraint } : {}) };
}

/** `Observation.value[x]:valueQuantity` goes with `Observation.value[x]` and with `Observation.valueQuantity`. */
function isIdOfPath(id: string, path: Json | undefined): boolean {
  if (typeof path !== "string") return false;
  const [step = "", slice] = (id.split(".").at(-1) ?? "").split(":");
  const last = path.split(".").at(-1) ?? "";
  return last === step || last === slice || last === step.replace(/\[x\]$/, "") || step === last.replace(/\[x\]$/, "");
}

interface Step {
  readonly growth: Growth;
  readonly slice: string | undefined;
}

function childNode(parent: ElementNode, step: string, { growth, slice }: Step): ElementNode | undefined {
  const name = step.replace(/\[x\]$/, "");
  const children = growth.isSnapshot ? listedChildren(parent) : unfolded(parent, growth.definitions);
  const child = children.get(name) ?? (growth.isSnapshot ? addListed(children, step) : undefined);
  if (child === undefined) return typedChoice(children, name);
  return slice === undefined ? child : sliceOf(child, slice, growth.isSnapshot);
}

function listedChildren(parent: ElementNode): Map<string, ElementNode> {
  parent.children ??= new Map();
  return parent.children;
}

function addListed(children: Map<string, ElementNode>, step: string): ElementNode {
  const name = step.replace(/\[x\]$/, "");
  const node = { name, choice: name !== step, sliceName: undefined, element: {}, shape: undefined, slices: [] };
  const listed: ElementNode = { ...node, children: undefined };
  children.set(name, listed);
  return listed;
}

function sliceOf(node: ElementNode, sliceName: string, isSnapshot: boolean): ElementNode {
  const known = node.slices.find((slice) => slice.sliceName === sliceName);
  if (known !== undefined) return known;
  const outer = node.slices.find((slice) => sliceName.startsWith(`${slice.sliceName}/`)) ?? node;
  const { slicing: _slicing, ...rest } = outer.element;
  const base = isSnapshot ? { ...outer, children: undefined } : copyOf(outer);
  const slice = { ...base, sliceName, element: { ...rest, min: 0 }, slices: [] };
  node.slices.push(slice);
  return slice;
}

/** `valueQuantity` in a differential is the slice of `value[x]` for that type. Source: FHIR R4 §5.1.0.12. */
function typedChoice(children: ReadonlyMap<string, ElementNode>, name: string): ElementNode | undefined {
  for (const node of children.values()) {
    if (!node.choice || !name.startsWith(node.name)) continue;
    const type = objects(node.element.type).find(({ code }) => name === node.name + capitalised(String(code)));
    if (type === undefined) continue;
    node.element = {
      slicing: { discriminator: [{ type: "type", path: "$this" }], rules: "open" },
      ...node.element,
    };
    const slice = sliceOf(node, name, false);
    slice.element = { ...slice.element, type: [type] };
    return slice;
  }
  return undefined;
}

export function capitalised(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/** The children of a node, taken from its profile, its shape or its type where nothing is said of them yet. */
export function unfolded(node: ElementNode, definitions: Definitions): Map<string, ElementNode> {
  node.children ??= inheritedChildren(node, definitions);
  return node.children;
}

function inheritedChildren(node: ElementNode, definitions: Definitions): Map<string, ElementNode> {
  const [type] = typesOfNode(node);
  const [profile] = type?.profiles ?? [];
  const root = profile === undefined ? undefined : definitions.find(profile)?.root;
  if (root?.children !== undefined) return copyOf(root).children ?? new Map();
  const { contentReference, path } = node.element;
  const referred = typeof contentReference === "string" ? contentReference.replace(/^.*#/, "") : undefined;
  const isInner = type?.code === "BackboneElement" || type?.code === "Element";
  const own = isInner && typeof path === "string" ? shapeOf(path) : undefined;
  const shape = own ?? shapeOf(node.shape ?? referred ?? type?.code ?? "");
  return shape === undefined ? new Map() : shapeChildren(shape, shape.name);
}
