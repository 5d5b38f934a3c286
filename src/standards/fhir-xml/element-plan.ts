import { type ElementDefinition, isPrimitiveType, jsonKey, shapeOf, type TypeUse } from "#standards/fhir";

/** A shape made ready for XML: its elements by their names in XML and by their keys in JSON. */
export interface ElementPlan {
  readonly isResource: boolean;
  /** Of an element with a `value` attribute: what else it may hold. */
  readonly isPrimitive: boolean;
  readonly byName: ReadonlyMap<string, ElementMember>;
  /** With `_birthDate` beside `birthDate`. */
  readonly byKey: ReadonlyMap<string, ElementMember>;
}

export interface ElementMember {
  /** In XML and in JSON: `valueQuantity`. */
  readonly name: string;
  /** `_birthDate`. */
  readonly besideKey: string;
  /** As FHIRPath has it: `value.ofType(Quantity)`. */
  readonly pathName: string;
  /** Its place in the definition. */
  readonly order: number;
  readonly isMany: boolean;
  readonly form: ElementForm;
}

/** How an element is written. Source: FHIR R4 §2.6.1. */
export type ElementForm =
  | { readonly is: "attribute" }
  | PrimitiveForm
  | { readonly is: "narrative" }
  | { readonly is: "resource" }
  | { readonly is: "shape"; readonly shape: string };

export interface PrimitiveForm {
  readonly is: "primitive";
  readonly json: "string" | "number" | "boolean";
}

/** The shape of what a primitive element holds besides its value. */
export const primitiveShape = "Element";

const plans = new Map<string, ElementPlan>();

/** The plan of a shape of R4, which must exist. Built on first use. */
export function elementPlanOf(shapeName: string): ElementPlan {
  let plan = plans.get(shapeName);
  if (plan === undefined) {
    plan = planOf(shapeName);
    plans.set(shapeName, plan);
  }
  return plan;
}

function planOf(shapeName: string): ElementPlan {
  const shape = shapeOf(shapeName);
  if (shape === undefined) throw new Error(`The R4 definitions have no shape ${shapeName}.`);
  const isResource = shape.kind === "resource";
  const members = shape.elements.flatMap((element, order) =>
    element.types.map((type) =>
      memberOf(element, type, { order, isAttribute: isAttribute(shapeName, element, isResource) }),
    ),
  );
  return {
    isResource,
    isPrimitive: shapeName === primitiveShape,
    byName: new Map(members.map((member) => [member.name, member])),
    byKey: new Map(
      members.flatMap((member) => [
        [member.name, member],
        ...(member.form.is === "primitive" ? [[member.besideKey, member] as const] : []),
      ]),
    ),
  };
}

/** The ids of elements, and the url of an extension. Source: FHIR R4 §2.6.1, §2.5.1. */
function isAttribute(shapeName: string, element: ElementDefinition, isResource: boolean): boolean {
  return (element.name === "id" && !isResource) || (element.name === "url" && shapeName === "Extension");
}

function memberOf(
  element: ElementDefinition,
  type: TypeUse,
  { order, isAttribute }: { readonly order: number; readonly isAttribute: boolean },
): ElementMember {
  const name = jsonKey(element, type.name);
  return {
    name,
    besideKey: `_${name}`,
    pathName: element.choice ? `${element.name}.ofType(${type.name})` : name,
    order,
    isMany: element.max > 1,
    form: isAttribute ? { is: "attribute" } : formOf(type.name),
  };
}

const numberTypes: ReadonlySet<string> = new Set(["decimal", "integer", "unsignedInt", "positiveInt"]);

function formOf(typeName: string): ElementForm {
  if (typeName === "Resource") return { is: "resource" };
  if (typeName === "xhtml") return { is: "narrative" };
  if (!isPrimitiveType(typeName)) return { is: "shape", shape: typeName };
  if (typeName === "boolean") return { is: "primitive", json: "boolean" };
  return { is: "primitive", json: numberTypes.has(typeName) ? "number" : "string" };
}
