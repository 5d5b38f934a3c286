import { failed, ok, type Result, unsupported } from "#kernel";
import type { Answer } from "../answer.ts";
import type { FhirContext } from "../context.ts";
import { readCurrent } from "./current.ts";
import type { Invocation, Operation } from "./operation.ts";

/** How far the index has got with a search parameter that was added here. Corridor's own. */
export const parameterStatusOperation: Operation = {
  code: "status",
  title: "Whether resources can be searched by this parameter",
  description:
    "What has become of a SearchParameter: unused (it is not active, or one of R4's own), refused with the reasons, " +
    "indexing with the number of resources done and of all, or ready.",
  types: ["SearchParameter"],
  levels: ["instance"],
  affectsState: false,
  parameters: [],
  run: status,
};

async function status({ id }: Invocation, { record, parameters }: FhirContext): Promise<Result<Answer>> {
  const current = await readCurrent(record, "SearchParameter", id);
  if (!current.ok) return current;
  if (parameters === undefined) return failed(notKept);
  const found = await parameters.stateOf(id);
  if (!found.ok) return found;
  const { value } = found;
  const body = {
    resourceType: "Parameters",
    parameter: [
      { name: "state", valueCode: value.state },
      ...(value.state === "refused" ? value.reasons.map((reason) => ({ name: "reason", valueString: reason })) : []),
      ...("total" in value
        ? [
            { name: "done", valueUnsignedInt: value.done },
            { name: "total", valueUnsignedInt: value.total },
          ]
        : []),
    ],
  };
  return ok({ status: 200, body: JSON.stringify(body) });
}

const notKept = unsupported("parameters-not-added", "This server does not index by search parameters of its own.");
