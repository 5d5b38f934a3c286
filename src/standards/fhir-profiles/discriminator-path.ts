import { isJsonObject } from "#kernel";
import { type Item, itemOf, itemsOf, objectOf } from "./element-item.ts";
import { resolveReference } from "./reference-resolution.ts";
import type { Visit } from "./visit.ts";

/** One step of a discriminator's path. */
export type Step =
  | { readonly is: "child"; readonly name: string }
  | { readonly is: "extension"; readonly url: string }
  | { readonly is: "type"; readonly name: string }
  | { readonly is: "resolve" };

const step =
  /^(?:\$this|resolve\(\)|extension\(\s*'([^']*)'\s*\)|(?:ofType|as)\(\s*(?:FHIR\.)?(\w+)\s*\)|`?(\w+)`?(?:\[x\])?)(?:\.|$)/;

/**
 * The steps of a path in the part of FHIRPath that discriminators may use: children, `$this`, `extension('url')`,
 * `ofType(Type)`, `resolve()`. Undefined for any other. Source: FHIR R4 §5.1.0.14.
 */
export function stepsOf(path: string): readonly Step[] | undefined {
  const steps: Step[] = [];
  let rest = path.trim();
  while (rest !== "") {
    const found = step.exec(rest);
    if (found === null) return undefined;
    const [whole, url, type, name] = found;
    if (url !== undefined) steps.push({ is: "extension", url });
    else if (type !== undefined) steps.push({ is: "type", name: type });
    else if (name !== undefined) steps.push({ is: "child", name });
    else if (whole.startsWith("resolve")) steps.push({ is: "resolve" });
    rest = rest.slice(whole.length);
  }
  return steps;
}

export function stepInto(item: Item, at: Step, visit: Visit): readonly Item[] {
  switch (at.is) {
    case "child":
      return childrenNamed(item, at.name);
    case "extension":
      return itemsOf(objectOf(item), { name: "extension", choice: false }).filter(
        ({ value }) => isJsonObject(value) && value.url === at.url,
      );
    case "type":
      return item.type === undefined || item.type === at.name ? [item] : [];
    case "resolve":
      return resolved(item, visit);
  }
}

function childrenNamed(item: Item, name: string): readonly Item[] {
  const plain = itemsOf(objectOf(item), { name, choice: false });
  return plain.length > 0 ? plain : itemsOf(objectOf(item), { name, choice: true });
}

function resolved(item: Item, visit: Visit): readonly Item[] {
  const reference = typeof item.value === "string" ? item.value : objectOf(item).reference;
  const target = typeof reference === "string" ? resolveReference(reference, visit) : undefined;
  return target === undefined ? [] : [itemOf(target)];
}
