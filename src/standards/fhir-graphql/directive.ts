import type { Json } from "#kernel";
import type { Directive, Field, Selection } from "./document.ts";
import { type Execution, type ResponsePath, reportAt } from "./execution.ts";
import { argumentsOf } from "./value.ts";

/** What FHIR adds to a field. Source: FHIR R4 GraphQL §1.7 (transforming the output). */
export interface Shaping {
  /** The members of its objects go where it would have stood, as lists. */
  readonly isFlat: boolean;
  /** Of what is flattened, one value and no list. */
  readonly isSingle: boolean;
  /** The first value alone. */
  readonly isFirst: boolean;
  /** With `isFlat`: names end in a dot and what this FHIRPath expression, or `$index`, gives for the object. */
  readonly slicePath: string | undefined;
}

export const plain: Shaping = { isFlat: false, isSingle: false, isFirst: false, slicePath: undefined };

/** Whether @skip and @include let it stand. Source: GraphQL (October 2021) §3.13. */
export function isIncluded(selection: Selection, execution: Execution, path: ResponsePath): boolean {
  return selection.directives.every((directive) => {
    if (directive.name !== "skip" && directive.name !== "include") return true;
    const condition = argumentOf(directive, "if", { execution, path });
    if (typeof condition === "boolean") return condition === (directive.name === "include");
    reportAt(execution, { at: directive.at, path }, "wrong-directive", `@${directive.name} needs if: true or false.`);
    return false;
  });
}

export function shapingOf(field: Field, execution: Execution, path: ResponsePath): Shaping {
  if (field.directives.length === 0) return plain;
  const names = new Set(field.directives.map(({ name }) => name));
  let slicePath: string | undefined;
  for (const directive of field.directives) {
    if (directive.name === "slice") {
      const given = argumentOf(directive, "path", { execution, path });
      if (typeof given === "string") slicePath = given;
      else reportAt(execution, { at: directive.at, path }, "wrong-directive", "@slice needs a path.");
    } else if (!knownDirectives.has(directive.name)) {
      reportAt(execution, { at: directive.at, path }, "unknown-directive", `There is no directive @${directive.name}.`);
    }
  }
  return { isFlat: names.has("flatten"), isSingle: names.has("singleton"), isFirst: names.has("first"), slicePath };
}

const knownDirectives: ReadonlySet<string> = new Set(["skip", "include", "flatten", "singleton", "first", "slice"]);

function argumentOf(
  directive: Directive,
  name: string,
  { execution, path }: { readonly execution: Execution; readonly path: ResponsePath },
): Json | undefined {
  return argumentsOf(directive.arguments, execution, { at: directive.at, path }).get(name);
}
