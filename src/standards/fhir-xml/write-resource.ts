import { isJsonObject, type Json, type JsonObject, limits, writtenNumbersOf } from "#kernel";
import { isResourceType } from "#standards/fhir";
import { escapeAttribute, forbiddenAt } from "#standards/xml";
import { type ElementMember, type ElementPlan, elementPlanOf, primitiveShape } from "./element-plan.ts";
import { fhirNamespace } from "./namespaces.ts";
import { writeNarrative } from "./write-narrative.ts";
import { cannotWrite, type Writing } from "./writing.ts";

/** Writes a resource as an element of its name. */
export function writeResource(value: Json | undefined, writing: Writing): void {
  const type = isJsonObject(value) ? value.resourceType : undefined;
  const isRoot = writing.path.length === 0;
  const isKnown = typeof type === "string" && isResourceType(type);
  if (isRoot) writing.path.push(isKnown ? type : "Resource");
  if (!isJsonObject(value) || !isKnown) {
    cannotWrite(writing, "unknown-resource-type", "This is no resource of FHIR R4.");
    return;
  }
  const attributes = isRoot ? ` xmlns="${fhirNamespace}"` : "";
  writeObject(value, { name: type, attributes, plan: elementPlanOf(type) }, writing);
}

interface Tag {
  readonly name: string;
  /** Each with a space before it. */
  readonly attributes: string;
  readonly plan: ElementPlan;
}

function writeObject(object: JsonObject, { name, attributes, plan }: Tag, writing: Writing): void {
  if (writing.path.length > limits.xmlDepthMax) {
    cannotWrite(writing, "too-deep", "The resource is deeper than XML may be here.");
    return;
  }
  const members = membersOf(object, plan, writing);
  writing.out += `${newLine(writing)}<${name}`;
  let isEmpty = true;
  for (const { name: key, form } of members) {
    if (form.is === "attribute") writing.out += ` ${key}="${attributeText(object[key], writing)}"`;
    else isEmpty = false;
  }
  writing.out += isEmpty ? `${attributes}/>` : `${attributes}>`;
  if (isEmpty) return;
  writing.depth += 1;
  for (const member of members) if (member.form.is !== "attribute") writeMember(member, object, writing);
  writing.depth -= 1;
  writing.out += `${newLine(writing)}</${name}>`;
}

function newLine({ indent, depth }: Writing): string {
  return indent === 0 ? "" : `\n${" ".repeat(indent * depth)}`;
}

/** The members that are there, in the order of the definition. */
function membersOf(object: JsonObject, plan: ElementPlan, writing: Writing): readonly ElementMember[] {
  const found: ElementMember[] = [];
  let isSorted = true;
  for (const key in object) {
    if (object[key] === undefined || (plan.isResource && key === "resourceType")) continue;
    const member = plan.byKey.get(key);
    if (member === undefined) {
      cannotWrite(writing, "unknown-element", "There is an element here that FHIR R4 does not have.");
      continue;
    }
    const last = found.at(-1);
    if (last === member) continue;
    if (last !== undefined && last.order > member.order) isSorted = false;
    found.push(member);
  }
  if (isSorted) return found;
  return [...new Set(found)].sort((one, other) => one.order - other.order);
}

function writeMember(member: ElementMember, object: JsonObject, writing: Writing): void {
  const { name, besideKey, pathName, isMany, form } = member;
  const value = object[name];
  writing.path.push(pathName);
  if (form.is === "primitive") {
    const number = typeof value === "number" ? writtenNumbersOf(object)?.[name] : undefined;
    const written = number !== undefined && Number(number) === value ? number : value;
    if (isMany) writePrimitives(member, { values: value, besides: object[besideKey] }, writing);
    else writePrimitive(member, { value: written, beside: object[besideKey] }, writing);
  } else if (isMany) {
    writeItems(value, writing, (item) => writeValue(item, member, writing));
  } else {
    writeValue(value, member, writing);
  }
  writing.path.pop();
}

function writeItems(values: Json | undefined, writing: Writing, write: (item: Json, index: number) => void): void {
  if (!Array.isArray(values)) {
    wrongType(writing);
    return;
  }
  for (let index = 0; index < values.length; index += 1) {
    writing.path.push(index);
    write(values[index] as Json, index);
    writing.path.pop();
  }
}

function wrongType(writing: Writing): void {
  cannotWrite(writing, "wrong-json-type", "The value here is of another JSON type than the element.");
}

function writeValue(value: Json | undefined, { name, form }: ElementMember, writing: Writing): void {
  if (form.is === "narrative" && typeof value === "string") {
    writing.out += newLine(writing);
    writeNarrative(value, writing);
  } else if (form.is === "shape" && isJsonObject(value)) {
    writeObject(value, { name, attributes: "", plan: elementPlanOf(form.shape) }, writing);
  } else if (form.is === "resource") {
    writing.out += `${newLine(writing)}<${name}>`;
    writing.depth += 1;
    writeResource(value, writing);
    writing.depth -= 1;
    writing.out += `${newLine(writing)}</${name}>`;
  } else {
    wrongType(writing);
  }
}

interface Primitive {
  readonly value: Json | undefined;
  readonly beside: Json | undefined;
}

function writePrimitive({ name }: ElementMember, { value, beside }: Primitive, writing: Writing): void {
  const hasValue = value !== undefined && value !== null;
  const attributes = hasValue ? ` value="${attributeText(value, writing)}"` : "";
  if (isJsonObject(beside)) {
    writeObject(beside, { name, attributes, plan: elementPlanOf(primitiveShape) }, writing);
    return;
  }
  if (beside !== undefined && beside !== null) wrongType(writing);
  writing.out += `${newLine(writing)}<${name}${attributes}/>`;
}

/** Two arrays side by side. Source: FHIR R4 §2.6.2.3. */
function writePrimitives(
  member: ElementMember,
  { values = [], besides = [] }: { readonly values: Json | undefined; readonly besides: Json | undefined },
  writing: Writing,
): void {
  if (!Array.isArray(values) || !Array.isArray(besides)) {
    wrongType(writing);
    return;
  }
  const longer = values.length >= besides.length ? values : besides;
  writeItems(longer, writing, (_item, index) => {
    writePrimitive(member, { value: values[index], beside: besides[index] }, writing);
  });
}

function attributeText(value: Json | undefined, writing: Writing): string {
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (typeof value !== "string") {
    wrongType(writing);
    return "";
  }
  // Most texts hold letters alone, and are written as they are.
  if (/^[ !#-%'-;=?-~]*$/.test(value)) return value;
  if (forbiddenAt(value) !== -1) {
    cannotWrite(writing, "character-not-in-xml", "There is a character here that XML does not allow.");
    return "";
  }
  return escapeAttribute(value);
}
