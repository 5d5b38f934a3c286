import { shapeOf } from "#standards/fhir";
import { type Compiled, type Compiling, refuse, type Types, thisOnly } from "./compiling.ts";
import { isSubtype, stepsOf } from "./model.ts";
import { stepInto } from "./navigation.ts";
import type { Evaluate } from "./run.ts";
import type { Syntax } from "./syntax.ts";

type MemberSyntax = Extract<Syntax, { readonly is: "member" }>;

/** `base.name`; without base also the name of a type, which says what the context is. */
export function compileMember(syntax: MemberSyntax, context: Types, compiling: Compiling): Compiled {
  const { base, name, at } = syntax;
  if (base === undefined && isTypeName(name, context)) return compileTypeName(syntax, context, compiling);
  const from = base === undefined ? { evaluate: thisOnly, types: context } : compiling.compile(base, context);
  const types = elementTypes(from.types, name);
  if (types?.length === 0 && compiling.isStrict) {
    return refuse(compiling, at, `${from.types?.join(" or ")} has no element ${name}`);
  }
  return { evaluate: stepInto(from.evaluate, name), types: types?.length === 0 ? undefined : types };
}

/** Types are written with a capital, elements are not. */
function isTypeName(name: string, context: Types): boolean {
  const first = name.charCodeAt(0);
  if (first < 65 || first > 90) return false;
  return shapeOf(name) !== undefined || context?.includes(name) === true;
}

function compileTypeName({ name, at }: MemberSyntax, context: Types, compiling: Compiling): Compiled {
  const fits = context?.some((type) => isSubtype(type, name) || isSubtype(name, type));
  if (fits === false && compiling.isStrict) return refuse(compiling, at, `the context is not of type ${name}`);
  const evaluate: Evaluate = (_, items) => {
    const [first] = items;
    if (items.length === 1 && first?.type === name) return items;
    return items.filter((node) => node.type !== "" && isSubtype(node.type, name));
  };
  return { evaluate, types: context?.filter((type) => isSubtype(type, name)) ?? [name] };
}

/** Empty where no type has the element; undefined where a type is not known. */
function elementTypes(types: Types, name: string): Types {
  if (types === undefined) return undefined;
  const found = new Set<string>();
  for (const type of types) {
    const steps = stepsOf(type);
    if (steps === undefined || shapeOf(type)?.abstract === true) return undefined;
    // The `value` of a primitive is its System value.
    if (name === "value" && shapeOf(type)?.kind === "primitive-type") return undefined;
    for (const variant of steps.get(name)?.variants ?? []) found.add(variant.type);
  }
  return [...found].some((type) => shapeOf(type)?.abstract === true) ? undefined : [...found];
}
