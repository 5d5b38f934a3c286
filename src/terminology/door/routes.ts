import { ok, type Result, type Route } from "#kernel";
import { type Answer, type Asked, type FhirContext, fhirRoute } from "#record";
import { wishedLanguages } from "../operations/display.ts";
import { onTerms, type Terms } from "../terms.ts";
import { readInParameters } from "./in-parameters.ts";
import { type OperationRow, terminologyOperations } from "./operations.ts";

/**
 * The operations of a terminology service: `/fhir/CodeSystem/$lookup` and so on, by GET with parameters and by POST with a
 * Parameters resource. Whoever may read definitions of the type may ask; every failure is an OperationOutcome.
 */
export function terminologyRoutes(terms: Terms): readonly Route<FhirContext>[] {
  return terminologyOperations.flatMap((row) =>
    pathsOf(row).flatMap((path) =>
      methodsOf(row).map((method) =>
        fhirRoute({
          method,
          path,
          policy: `${row.type ?? "CodeSystem"}.read`,
          summary: row.summary,
          run: (asked, context) => run(terms, row, { asked, context }),
        }),
      ),
    ),
  );
}

function pathsOf({ name, type, levels }: OperationRow): readonly string[] {
  return levels.map((level) => {
    if (level === "system") return `$${name}`;
    return level === "type" ? `${type}/$${name}` : `${type}/:id/$${name}`;
  });
}

function methodsOf({ isChange }: OperationRow): readonly ("GET" | "POST")[] {
  return isChange === true ? ["POST"] : ["GET", "POST"];
}

interface Call {
  readonly asked: Asked;
  readonly context: FhirContext;
}

async function run(terms: Terms, row: OperationRow, { asked, context }: Call): Promise<Result<Answer>> {
  const given = readInParameters(asked, row.parameters);
  if (!given.ok) return given;
  const languages = wishedLanguages(given.value.text("displayLanguage") ?? asked.headers["accept-language"]);
  const call = { given: given.value, context, id: asked.params.id, languages };
  const answer = await onTerms(terms, () => row.run(terms, call));
  return answer.ok ? ok({ status: 200, body: JSON.stringify(answer.value) }) : answer;
}
