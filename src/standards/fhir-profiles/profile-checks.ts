import type { JsonObject } from "#kernel";
import { bareUrl } from "./binding.ts";
import type { Definition, Definitions } from "./definitions.ts";
import type { ItemCheck } from "./element-checks.ts";
import { itemOf } from "./element-item.ts";
import { objects } from "./element-node.ts";
import { compileNode } from "./profile-plan.ts";
import { typesOf, visitOf } from "./resource-visit.ts";
import { growTree } from "./snapshot.ts";
import { error, isMet, isTooDeep, type ProfileChecks, report, type Usage, type Visit } from "./visit.ts";

interface Compiled {
  readonly definition: Definition;
  readonly check: ItemCheck | undefined;
}

/** Checks by the profiles and extensions of `definitions`, each compiled at its first use. */
export function openProfileChecks(definitions: Definitions): ProfileChecks {
  const compiled = new Map<string, Compiled | undefined>();

  function find(canonical: string): Compiled | undefined {
    if (compiled.has(canonical)) return compiled.get(canonical);
    const definition = definitions.find(canonical);
    const found =
      definition === undefined ? undefined : { definition, check: compileNode(definition.root, definitions) };
    if (found !== undefined) compiled.set(canonical, found);
    return found;
  }

  function run({ definition, check }: Compiled, object: JsonObject, outer: Visit): void {
    if (isTooDeep(outer)) return;
    const visit = visitOf(object, outer);
    if (isOfType(object, definition.type)) checkBy(definition, () => check?.(itemOf(object), visit), visit);
    else
      report(
        visit,
        error("structure", "wrong-type-for-profile", `The profile ${definition.url} is for ${definition.type}.`),
      );
  }

  return {
    checkExtension(extension, usage, visit) {
      const found = find(bareUrl(String(extension.url)));
      if (found === undefined || found.definition.type !== "Extension") return false;
      const { definition, check } = found;
      checkContext(definition, usage, visit);
      checkModifier(definition, visit);
      checkBy(definition, () => check?.(itemOf(extension), visit), visit);
      return true;
    },
    checkProfile(canonical, object, visit) {
      const found = find(canonical);
      if (found === undefined) return false;
      run(found, object, visit);
      return true;
    },
    conforms(canonical, object, visit) {
      const found = find(canonical);
      if (found === undefined) return undefined;
      const { met } = visit.means.trials;
      const known = met.get(canonical) ?? new WeakMap<JsonObject, boolean>();
      met.set(canonical, known);
      const before = known.get(object);
      if (before !== undefined) return before;
      // Resources may point at each other: while one is looked at it is taken to conform.
      known.set(object, true);
      const conforms = isMet(visit, (trial) => run(found, object, trial));
      known.set(object, conforms);
      return conforms;
    },
    flawsOf: (definition) => growTree(definition, definitions).flaws,
    typeOf: (canonical) => definitions.find(canonical)?.type,
  };
}

/** What the check finds is told as asked for by the definition. */
function checkBy({ url }: Definition, check: () => void, { issues }: Visit): void {
  const before = issues.length;
  check();
  for (const [index, issue] of issues.entries())
    if (index >= before && issue.profile === undefined) issues[index] = { ...issue, profile: url };
}

/** A datatype does not state its type. */
function isOfType({ resourceType }: JsonObject, type: string): boolean {
  return typeof resourceType !== "string" || typesOf(resourceType).includes(type);
}

/** Source: FHIR R4 §2.4.2.2 (context of an extension). Contexts in FHIRPath are not looked at. */
function checkContext({ json, url }: Definition, usage: Usage, visit: Visit): void {
  const contexts = objects(json.context);
  if (contexts.length === 0 || contexts.some((context) => isContext(context, usage))) return;
  const told = contexts.map(({ expression }) => String(expression)).join(", ");
  report(visit, error("extension", "extension-context", `The extension ${url} may stand on ${told} only.`));
}

function isContext({ type, expression }: JsonObject, { paths, types, extensionUrl }: Usage): boolean {
  if (typeof expression !== "string" || type === "fhirpath") return true;
  if (type === "extension") return extensionUrl === expression;
  const wanted = expression.replaceAll("[x]", "");
  // In R4's own definitions, Element stands for resources too.
  return wanted === "Element" || types.includes(wanted) || paths.includes(wanted) || paths.includes(parentPath(wanted));
}

/** R4 has extensions of primitive elements that it writes beside them itself: `ElementDefinition.type` for `….type.code`. */
function parentPath(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf(".")));
}

/** Source: FHIR R4 §2.4.0.3. */
function checkModifier({ root, url }: Definition, visit: Visit): void {
  const place = visit.path.at(-2);
  if (root.element.isModifier === true && place === "extension")
    report(visit, error("extension", "modifier-place", `The extension ${url} must stand in modifierExtension.`));
  if (root.element.isModifier !== true && place === "modifierExtension")
    report(visit, error("extension", "modifier-place", `The extension ${url} must not stand in modifierExtension.`));
}
