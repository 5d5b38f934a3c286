import { isRecord } from "../fhir/outcome.ts";
import { valuesAlong } from "./members.ts";
import { usualElements } from "./usual-elements.ts";
import { valueText } from "./value-text.ts";

/** What a person would call a resource: `OSEI, Adaeze (Mrs)`, `Potassium`; its id where it has nothing of the kind. */
export function resourceTitle(resource: unknown): string {
  if (!isRecord(resource) || typeof resource.resourceType !== "string") return "";
  const { resourceType, id } = resource;
  for (const path of usualElements(resourceType)) {
    const [first] = valuesAlong(resourceType, resource, path);
    const text = first === undefined ? "" : valueText(first.type, first.value);
    if (text !== "") return text;
  }
  return typeof id === "string" ? id : resourceType;
}
