import { failed, incorrect, ok, type Problems, type Result } from "#kernel";
import type { Answer } from "../answer.ts";
import type { Asked } from "../asked.ts";
import type { FhirContext } from "../context.ts";
import { interactionFor } from "../interactions/table.ts";
import { unsupportedMediaType } from "../media-type.ts";
import { entryPatch } from "../patch.ts";
import { answerElsewhere, foundElsewhere } from "./elsewhere.ts";
import { type BundleEntry, inEntry } from "./entry.ts";

const noBytes = new Uint8Array(0);

/**
 * What one entry asks, answered by itself, as though it had come alone; a write with its resource only where the caller
 * prefers that. Problems have their place in the Bundle. Source: FHIR R4 §3.1.0.11.1 (batch).
 */
export async function runEntry(entry: BundleEntry, whole: Asked, context: FhirContext): Promise<Result<Answer>> {
  const { index, method, path, search, headers, resource = {} } = entry;
  const elsewhere = foundElsewhere(entry, context);
  if (elsewhere !== undefined) {
    return placedIn(index, await answerElsewhere(elsewhere, entry, { base: whole.base, context }));
  }
  const found = path.includes("_search") ? undefined : interactionFor(method, path);
  if (found === undefined) {
    const where = `Bundle.entry[${index}].request.url`;
    return failed(incorrect("wrong-address", "Corridor does not do this in a Bundle.", { where }));
  }
  const { base, prefer } = whole;
  const asked: Asked = {
    params: found.params,
    query: new URLSearchParams(search),
    headers,
    base,
    prefer: { ...prefer, answer: prefer.answer ?? "minimal" },
    bytes: noBytes,
    patch: () => entryPatch(resource),
    form: () => failed(unsupportedMediaType),
    resource: () => ok(resource),
  };
  return placedIn(index, await found.run(asked, context));
}

function placedIn(index: number, answer: Result<Answer>): Result<Answer> {
  if (answer.ok) return answer;
  const [first, ...rest] = answer.problems.map((problem) => inEntry(index, problem)) as unknown as Problems;
  return failed(first, ...rest);
}
