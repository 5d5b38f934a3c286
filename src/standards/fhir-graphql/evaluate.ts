import { isJsonObject, type Json, type JsonObject, writtenNumbersOf } from "#kernel";
import { isResourceType } from "#standards/fhir";
import { type Shaping, shapingOf } from "./directive.ts";
import type { Field, Selection } from "./document.ts";
import { countField, type Execution, type ResponsePath, reportAt, type Spot } from "./execution.ts";
import { textAt } from "./field-path.ts";
import { filterItems } from "./list-filter.ts";
import { type FieldType, type ObjectType, objectTypeOf, queryType, resourceTypeName } from "./object-type.ts";
import { readOne } from "./read-source.ts";
import { resolve } from "./reference-source.ts";
import { search, searchFieldOf } from "./search-source.ts";
import { collectFields } from "./selection.ts";
import { assemble, type Slot } from "./slot.ts";
import { argumentsOf } from "./value.ts";

/** An object that is being asked. */
export interface Asked {
  readonly object: JsonObject;
  readonly type: ObjectType;
  /** The resource it stands in, contained resources in the one that contains them. */
  readonly root: JsonObject;
  readonly path: ResponsePath;
}

/** What a field gives before anything is selected from it. */
interface Source {
  readonly values: readonly Json[];
  readonly isMany: boolean;
  /** As in `FieldType`. */
  readonly objects: string | undefined;
  /** How the one value was written, where it is an unusual number. */
  readonly written?: string | undefined;
}

/** The answer to a selection from one object. */
export async function answer(
  asked: Asked,
  selections: readonly Selection[],
  execution: Execution,
): Promise<JsonObject> {
  return finish(await slotsOf(asked, selections, execution), asked.path, execution);
}

function finish(slots: readonly Slot[], path: ResponsePath, execution: Execution): JsonObject {
  const { object, crowded } = assemble(slots);
  for (const { name, at } of crowded) {
    const message = `@singleton asks for one value of ${name}, and there are several.`;
    reportAt(execution, { at, path: [...path, name] }, "several-values", message);
  }
  return object;
}

async function slotsOf(asked: Asked, selections: readonly Selection[], execution: Execution): Promise<readonly Slot[]> {
  const fields = collectFields(selections, { type: asked.type, execution, path: asked.path });
  const slots = await Promise.all(fields.map((field) => slotsOfField(asked, field, execution)));
  return slots.flat();
}

async function slotsOfField(asked: Asked, field: Field, execution: Execution): Promise<readonly Slot[]> {
  const spot: Spot = { at: field.at, path: [...asked.path, field.responseName] };
  if (!countField(execution, spot)) return [];
  const args = argumentsOf(field.arguments, execution, spot);
  const found = sourceOf(asked, { field, args, execution, spot });
  const source = found instanceof Promise ? await found : found;
  if (source === undefined) {
    reportAt(execution, spot, "unknown-field", `${asked.type.name} has no field ${field.name}.`);
    return [];
  }
  return slotsFrom(source, { asked, field, execution, spot });
}

interface Asking {
  readonly field: Field;
  readonly args: ReadonlyMap<string, Json>;
  readonly execution: Execution;
  readonly spot: Spot;
}

/** Undefined where there is no such field. */
function sourceOf(asked: Asked, asking: Asking): Source | Promise<Source> | undefined {
  const { object, type, root } = asked;
  const { name } = asking.field;
  const element = type.fields.get(name);
  if (element !== undefined) return elementSource(object, element, asking);
  if (name === "__typename") return { values: [type.name], isMany: false, objects: undefined };
  if (name === "resource" && type.name === "Reference") {
    return resolve({ ...asking, object, root }).then((values) => ({ values, isMany: false, objects: "Resource" }));
  }
  if (type === queryType && isResourceType(name)) {
    return readOne({ ...asking, type: name }).then((values) => ({ values, isMany: false, objects: "Resource" }));
  }
  return searchSource(asked, asking);
}

function elementSource(object: JsonObject, { isMany, objects, type }: FieldType, asking: Asking): Source {
  const { name } = asking.field;
  const value = object[name];
  const all = Array.isArray(value) ? (value as readonly Json[]) : value === undefined ? [] : [value];
  const values = filterItems(all, { ...asking, objects, type });
  return { values, isMany, objects, written: writtenNumbersOf(object)?.[name] };
}

function searchSource({ object, type }: Asked, asking: Asking): Promise<Source> | undefined {
  const field = searchFieldOf(asking.field.name);
  if (field === undefined || (type !== queryType && !type.isResource)) return undefined;
  const about = type === queryType ? undefined : object;
  return search({ ...asking, field, about }).then((values) => ({
    values,
    isMany: !field.isConnection,
    objects: field.isConnection ? "Connection" : "Resource",
  }));
}

interface Forming {
  readonly asked: Asked;
  readonly field: Field;
  readonly execution: Execution;
  readonly spot: Spot;
}

async function slotsFrom(source: Source, forming: Forming): Promise<readonly Slot[]> {
  const { field, execution, spot } = forming;
  const { objects, isMany, written } = source;
  const shaping = shapingOf(field, execution, spot.path);
  const values = shaping.isFirst ? source.values.slice(0, 1) : source.values;
  const slot = {
    name: field.responseName,
    isList: isMany && !shaping.isSingle,
    isSingle: shaping.isSingle,
    written,
    at: field.at,
  };
  if ((objects === undefined) !== (field.selections === undefined)) {
    const message =
      objects === undefined ? `${field.name} holds nothing to select from.` : `Say what to select from ${field.name}.`;
    reportAt(execution, spot, "wrong-selection", message);
    return [];
  }
  if (objects === undefined) return [{ ...slot, values }];
  const inner = values.map((value, index) => innerOf(value, { ...forming, objects, step: isMany ? [index] : [] }));
  if (shaping.isFlat) return flattened(inner, shaping, forming);
  const { selections = [] } = field;
  const answers = inner.map((one) => (one === undefined ? null : answer(one, selections, execution)));
  return [{ ...slot, values: await Promise.all(answers) }];
}

/** Undefined for a null, which keeps a place in a list. */
function innerOf(
  value: Json,
  { asked, field, spot, objects, step }: Forming & { readonly objects: string; readonly step: readonly number[] },
): Asked | undefined {
  if (!isJsonObject(value)) return undefined;
  const isResource = objects === "Resource";
  const type = objectTypeOf(isResource ? resourceTypeName(value) : objects);
  const isContainer = isResource && field.name !== "contained";
  return { object: value, type, root: isContainer ? value : asked.root, path: [...spot.path, ...step] };
}

/** The slots of the objects, for the object around them. Source: FHIR R4 GraphQL §1.7. */
async function flattened(
  inner: readonly (Asked | undefined)[],
  { slicePath }: Shaping,
  { field, execution, spot }: Forming,
): Promise<readonly Slot[]> {
  const present = inner.filter((one) => one !== undefined);
  const slots = present.map(async (one, index) => {
    const slice = slicePath === "$index" ? String(index) : sliceOf(one, slicePath, { execution, spot });
    const suffix = slice === undefined ? "" : `.${slice}`;
    const own = await slotsOf(one, field.selections ?? [], execution);
    return own.map((slot) => ({ ...slot, name: slot.name + suffix, isList: !slot.isSingle }));
  });
  return (await Promise.all(slots)).flat();
}

function sliceOf(
  { object, type }: Asked,
  slicePath: string | undefined,
  { execution, spot }: { readonly execution: Execution; readonly spot: Spot },
): string | undefined {
  return slicePath === undefined ? undefined : textAt(slicePath, object, { type: type.shape, execution, spot });
}
