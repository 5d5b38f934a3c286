import type { Problems, Result } from "#kernel";
import { httpStatusOf, operationOutcome } from "#standards/fhir";
import { type Answer, entryResponse, statusText } from "../answer.ts";
import { objectText } from "../bundle-text.ts";

/** One entry of the answer to a batch or transaction, as JSON text. */
export function responseEntry(
  result: Result<Answer>,
  { base, isHeadOnly = false }: { readonly base: string; readonly isHeadOnly?: boolean },
): string {
  if (!result.ok) return failedEntry(result.problems);
  const { body } = result.value;
  return objectText({
    resource: typeof body === "string" && !isHeadOnly ? body : undefined,
    response: entryResponse(result.value, base),
  });
}

function failedEntry(problems: Problems): string {
  const status = statusText(httpStatusOf(problems));
  return `{"response":${JSON.stringify({ status, outcome: operationOutcome(problems) })}}`;
}
