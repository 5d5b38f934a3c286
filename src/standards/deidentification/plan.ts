import { failed, incorrect, type Result } from "#kernel";
import { type ElementDefinition, isPrimitiveType, jsonKey, type Shape, shapeOf, type TypeUse } from "#standards/fhir";
import { compileFhirPath } from "#standards/fhirpath";
import type { Rule, RuleSet } from "./rule.ts";
import { elementTreatment } from "./treatments/elements.ts";
import { primitiveTreatment } from "./treatments/text.ts";
import { walkExtension, walkObject, walkResource } from "./walk.ts";
import type { ConditionalRule, Member, Plan, PlanSource, Treatment } from "./walking.ts";

/** A rule of which part of the path has been walked. */
interface Scoped {
  readonly rule: Rule;
  readonly index: number;
  readonly rest: readonly string[];
}

const plainPath = /^[A-Za-z]\w*(?:\.[a-z]\w*)*$/;

/** The plans of one set of rules, each made when it is first needed. */
export class Plans implements PlanSource {
  readonly ruleSet: RuleSet;
  readonly extensions: ReadonlySet<string>;
  readonly #byRoot = new Map<string, Scoped[]>();
  readonly #conditional = new Map<string, ConditionalRule[]>();
  readonly #plans = new Map<string, Plan>();

  constructor(ruleSet: RuleSet) {
    this.ruleSet = ruleSet;
    this.extensions = new Set(ruleSet.extensions);
  }

  /** Takes a rule in. Problems: those of `compileFhirPath`, `rule-pattern-invalid`. */
  add(rule: Rule, index: number): Result<unknown> | undefined {
    const [root = "", ...rest] = rule.path.split(/[.(]/);
    if (!isPattern(rule.matching ?? "")) return failed(patternInvalid);
    if (plainPath.test(rule.path)) {
      listAt(this.#byRoot, root).push({ rule, index, rest });
      return undefined;
    }
    const path = compileFhirPath(rule.path, { type: root, isStrict: true });
    if (!path.ok) return path;
    const treatmentAt = (type: string) => this.#treatment(rule, { name: type, targets: [] }, undefined, []);
    listAt(this.#conditional, root).push({ rule, path: path.value, treatmentAt });
    return undefined;
  }

  /** What to do with an object of this shape, reached by elements that the rules in `scope` name the first part of. */
  planOf(shapeName: string, scope: readonly Scoped[] = []): Plan | undefined {
    const key = `${shapeName} ${scope.map(({ index, rest }) => `${index}:${rest.length}`).join()}`;
    const known = this.#plans.get(key);
    if (known !== undefined) return known;
    const shape = shapeOf(shapeName);
    if (shape === undefined) return undefined;
    const roots = lineage(shape).flatMap((name) => this.#byRoot.get(name) ?? []);
    const inScope = [...roots.filter(({ rest }) => rest.length > 0), ...scope];
    const members = new Map<string, Member>();
    for (const element of shape.elements) {
      const under = inScope.filter(({ rest }) => rest[0] === element.name);
      for (const type of element.types) members.set(jsonKey(element, type.name), this.#member(element, type, under));
    }
    const plan = { shape, members, conditional: this.#conditional.get(shapeName) ?? [] };
    this.#plans.set(key, plan);
    return plan;
  }

  #member(element: ElementDefinition, type: TypeUse, under: readonly Scoped[]): Member {
    const isPrimitive = isPrimitiveType(type.name);
    const own = under
      .filter(({ rest }) => rest.length === 1)
      .sort(bySpecificity)
      .at(-1)?.rule;
    const rule = own ?? this.#ruleOfType(type.name);
    const inner = under
      .filter(({ rest }) => rest.length > 1)
      .map((scoped) => ({ ...scoped, rest: scoped.rest.slice(1) }));
    const isRequired = element.min > 0;
    if (rule === undefined)
      return { treat: () => undefined, label: "no rule", isPrimitive, isRequired, isEntered: false };
    const codes = element.codes === undefined ? undefined : new Set(element.codes.codes);
    const treat = this.#treatment(rule, type, codes, inner);
    const label = `${rule.path} ${rule.method}`;
    return { treat, label, isPrimitive, isRequired, isEntered: !isPrimitive && rule.method !== "redact" };
  }

  /** Elements with parts of their own, and resources within resources, are entered unless a rule says otherwise. */
  #ruleOfType(type: string): Rule | undefined {
    if (type.includes(".") || type === "Resource" || type === "Extension") return { path: type, method: "keep" };
    return (this.#byRoot.get(type) ?? []).filter(({ rest }) => rest.length === 0).at(-1)?.rule;
  }

  #treatment(rule: Rule, type: TypeUse, codes: ReadonlySet<string> | undefined, inner: readonly Scoped[]): Treatment {
    const { published } = this.ruleSet;
    if (isPrimitiveType(type.name)) return primitiveTreatment(rule, { type: type.name, codes, published });
    if (rule.method === "redact") return () => undefined;
    if (type.name === "Resource") return (value, walking) => walkResource(value, walking);
    if (type.name === "Extension") return (value, walking) => walkExtension(value, walking, "");
    let plan: Plan | undefined;
    const enter = (object: Parameters<typeof walkObject>[1], walking: Parameters<Treatment>[1]) => {
      plan ??= this.planOf(type.name, inner);
      return plan === undefined ? undefined : walkObject(plan, object, walking);
    };
    return elementTreatment(rule, { type: type.name, enter, published });
  }
}

const patternInvalid = incorrect("rule-pattern-invalid", "What the text must match is no regular expression.");

function isPattern(text: string): boolean {
  try {
    return new RegExp(text, "u") instanceof RegExp;
  } catch {
    return false;
  }
}

/** The longer path wins, then the later rule. */
function bySpecificity(one: Scoped, other: Scoped): number {
  return one.rule.path.split(".").length - other.rule.path.split(".").length || one.index - other.index;
}

function lineage(shape: Shape): readonly string[] {
  const names = [shape.name];
  for (let base = shape.base; base !== undefined; base = shapeOf(base)?.base) names.unshift(base);
  return names;
}

function listAt<T>(lists: Map<string, T[]>, key: string): T[] {
  const list = lists.get(key) ?? [];
  lists.set(key, list);
  return list;
}
