import type { Json, JsonObject } from "#kernel";
import { isResourceType } from "#standards/fhir";
import type { XmlElement } from "#standards/xml";
import {
  type ElementMember,
  type ElementPlan,
  elementPlanOf,
  type PrimitiveForm,
  primitiveShape,
} from "./element-plan.ts";
import { type Filling, filled, put, putNumber } from "./filling.ts";
import { fhirNamespace, schemaInstanceNamespace } from "./namespaces.ts";
import { readNarrative } from "./read-narrative.ts";
import { type PrimitiveValue, readPrimitive } from "./read-primitive.ts";
import { type Reading, report } from "./reading.ts";

/** The resource that an element of its name is; undefined, with a problem reported, where it is none of R4. */
export function readResource(element: XmlElement, reading: Reading): JsonObject | undefined {
  const isRoot = reading.path.length === 0;
  const isKnown = element.namespace === fhirNamespace && isResourceType(element.name);
  if (isRoot) reading.path.push(isKnown ? element.name : "Resource");
  if (isKnown) return readObject(element, elementPlanOf(element.name), reading);
  const message = `There is no resource of FHIR R4 of this name in the namespace ${fhirNamespace}`;
  report(reading, element, { code: "unknown-resource-type", message });
  return undefined;
}

function readObject(element: XmlElement, plan: ElementPlan, reading: Reading): JsonObject {
  const filling: Filling = { object: plan.isResource ? { resourceType: element.name } : {}, written: undefined };
  takeAttributes(filling, { element, plan, reading });
  takeElements(filling, { element, plan, reading });
  return filled(filling);
}

interface Source {
  readonly element: XmlElement;
  readonly plan: ElementPlan;
  readonly reading: Reading;
}

function takeAttributes({ object }: Filling, { element, plan, reading }: Source): void {
  for (const { name, namespace, value } of element.attributes) {
    if (namespace === "" && plan.byName.get(name)?.form.is === "attribute") object[name] = value;
    else if (namespace !== "" || name !== "value" || !plan.isPrimitive) reportAttribute(namespace, element, reading);
  }
}

function reportAttribute(namespace: string, element: XmlElement, reading: Reading): void {
  if (namespace === schemaInstanceNamespace) return;
  report(reading, element, { code: "unknown-attribute", message: "FHIR R4 has no attribute of this name here" });
}

/** Takes the elements inside, repetitions of one together. */
function takeElements(filling: Filling, { element, plan, reading }: Source): void {
  if (element.text !== "") {
    report(reading, element, { code: "text-not-allowed", message: "Text may stand in the narrative alone" });
  }
  const { elements } = element;
  for (let from = 0; from < elements.length; ) {
    const first = elements[from] as XmlElement;
    let to = from + 1;
    while (elements[to]?.name === first.name && elements[to]?.namespace === first.namespace) to += 1;
    const member = plan.byName.get(first.name);
    if (member === undefined || !mayBe(first, member)) reportUnknown(first, reading);
    else takeRun(filling, member, { run: elements.slice(from, to), first, reading });
    from = to;
  }
}

function mayBe(element: XmlElement, { form }: ElementMember): boolean {
  return form.is === "narrative" || (form.is !== "attribute" && element.namespace === fhirNamespace);
}

function reportUnknown(element: XmlElement, reading: Reading): void {
  const isName = /^[A-Za-z]\w{0,63}$/.test(element.name);
  if (isName) reading.path.push(element.name);
  report(reading, element, { code: "unknown-element", message: "FHIR R4 has no element of this name here" });
  if (isName) reading.path.pop();
}

/** Elements of one name, one behind the other. */
interface Run {
  readonly run: readonly XmlElement[];
  readonly first: XmlElement;
  readonly reading: Reading;
}

function takeRun(filling: Filling, member: ElementMember, found: Run): void {
  const { run, first, reading } = found;
  const { name, besideKey, pathName, isMany, form } = member;
  reading.path.push(pathName);
  if (filling.object[name] !== undefined || filling.object[besideKey] !== undefined) {
    const message = "The repetitions of an element must stand together";
    report(reading, first, { code: "element-scattered", message });
  } else if (!isMany && run.length > 1) {
    report(reading, run[1] ?? first, { code: "element-repeated", message: "This element may stand once at most" });
  } else if (form.is === "primitive") {
    if (isMany) takePrimitives(filling, member, { ...found, form });
    else takePrimitive(filling, member, { ...found, form });
  } else {
    put(filling, name, isMany ? readItems(run, member, reading) : readValue(first, member, reading));
  }
  reading.path.pop();
}

function readItems(run: readonly XmlElement[], member: ElementMember, reading: Reading): Json {
  return run.map((element, index) => {
    reading.path.push(index);
    const value = readValue(element, member, reading);
    reading.path.pop();
    return value;
  });
}

/** Null after a problem. */
function readValue(element: XmlElement, { form }: ElementMember, reading: Reading): Json {
  switch (form.is) {
    case "shape":
      return readObject(element, elementPlanOf(form.shape), reading);
    case "narrative":
      return readNarrative(element, reading) ?? null;
    case "resource":
      return readInnerResource(element, reading);
    case "attribute":
    case "primitive":
      return null;
  }
}

function readInnerResource(element: XmlElement, reading: Reading): Json {
  const [resource, second] = element.elements;
  if (element.attributes.length > 0) reportAttribute(element.attributes[0]?.namespace ?? "", element, reading);
  if (resource !== undefined && second === undefined && element.text === "")
    return readResource(resource, reading) ?? null;
  report(reading, second ?? element, { code: "one-resource-expected", message: "One resource must stand here" });
  return null;
}

type PrimitiveRun = Run & { readonly form: PrimitiveForm };

function takePrimitive(
  filling: Filling,
  { name, besideKey }: ElementMember,
  { first, reading, form }: PrimitiveRun,
): void {
  const { value, written } = primitiveOf(first, form, reading);
  const beside = besideOf(first, reading);
  if (written !== undefined) putNumber(filling, name, { value: value ?? null, written });
  else if (value !== undefined) filling.object[name] = value;
  if (beside !== undefined) put(filling, besideKey, beside);
  checkHasContent(first, reading, value ?? beside);
}

/** Two arrays side by side, each with null where only the other has something. Source: FHIR R4 §2.6.2.3. */
function takePrimitives(
  filling: Filling,
  { name, besideKey }: ElementMember,
  { run, reading, form }: PrimitiveRun,
): void {
  const values: Json[] = [];
  const besides: Json[] = [];
  run.forEach((element, index) => {
    reading.path.push(index);
    const { value } = primitiveOf(element, form, reading);
    const beside = besideOf(element, reading);
    checkHasContent(element, reading, value ?? beside);
    values.push(value ?? null);
    besides.push(beside ?? null);
    reading.path.pop();
  });
  if (values.some((value) => value !== null)) filling.object[name] = values;
  if (besides.some((beside) => beside !== null)) put(filling, besideKey, besides);
}

function checkHasContent(element: XmlElement, reading: Reading, content: Json | undefined): void {
  const hasValue = element.attributes.some(({ name }) => name === "value");
  if (content !== undefined || hasValue) return;
  report(reading, element, { code: "empty-value", message: "An element must have a value or an extension" });
}

function primitiveOf(element: XmlElement, form: PrimitiveForm, reading: Reading): Partial<PrimitiveValue> {
  const text = element.attributes.find(({ name, namespace }) => name === "value" && namespace === "")?.value;
  if (text === undefined) return {};
  const read = readPrimitive(text, form);
  if (read.ok) return read;
  report(reading, element, { code: "wrong-format", message: `The value must be ${read.expected}` });
  return {};
}

/** What stands beside the value in JSON: id and extensions. */
function besideOf(element: XmlElement, reading: Reading): JsonObject | undefined {
  const { attributes, elements, text } = element;
  if (elements.length === 0 && text === "" && attributes.length === 1 && attributes[0]?.name === "value")
    return undefined;
  const beside = readObject(element, elementPlanOf(primitiveShape), reading);
  return Object.keys(beside).length > 0 ? beside : undefined;
}
