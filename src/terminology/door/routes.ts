import { type HttpReply, type HttpRequest, ok, type Result, type Route } from "#kernel";
import type { FhirContext } from "#record";
import { wishedLanguages } from "../operations/display.ts";
import { onTerms, type Terms } from "../terms.ts";
import { readInParameters } from "./in-parameters.ts";
import { type OperationRow, terminologyOperations } from "./operations.ts";

const fhirJson = "application/fhir+json; charset=utf-8";

/**
 * The operations of a terminology service: `/fhir/CodeSystem/$lookup` and so on, by GET with parameters and by POST with a
 * Parameters resource, in JSON. Whoever may read definitions of the type may ask; every failure is an OperationOutcome.
 */
export function terminologyRoutes(terms: Terms): readonly Route<FhirContext>[] {
  return terminologyOperations.flatMap((row) =>
    pathsOf(row).flatMap((path) =>
      methodsOf(row).map((method) => ({
        method,
        path,
        policy: `${row.type ?? "CodeSystem"}.read`,
        summary: row.summary,
        problems: "operation-outcome" as const,
        handle: (request: HttpRequest, context: FhirContext) => handle({ terms, row }, request, context),
      })),
    ),
  );
}

function pathsOf({ name, type, levels }: OperationRow): readonly string[] {
  return levels.map((level) => {
    if (level === "system") return `/fhir/$${name}`;
    return level === "type" ? `/fhir/${type}/$${name}` : `/fhir/${type}/:id/$${name}`;
  });
}

function methodsOf({ isChange }: OperationRow): readonly ("GET" | "POST")[] {
  return isChange === true ? ["POST"] : ["GET", "POST"];
}

interface Operating {
  readonly terms: Terms;
  readonly row: OperationRow;
}

async function handle(
  { terms, row }: Operating,
  request: HttpRequest,
  context: FhirContext,
): Promise<Result<HttpReply>> {
  const given = readInParameters(request, row.parameters);
  if (!given.ok) return given;
  const languages = wishedLanguages(given.value.text("displayLanguage") ?? request.headers["accept-language"]);
  const asked = { given: given.value, context, id: request.params.id, languages };
  const answer = await onTerms(terms, () => row.run(terms, asked));
  if (!answer.ok) return answer;
  const isPretty = request.query.get("_pretty") === "true";
  const body = JSON.stringify(answer.value, null, isPretty ? 2 : undefined);
  return ok({ status: 200, headers: { "content-type": fhirJson }, body });
}
