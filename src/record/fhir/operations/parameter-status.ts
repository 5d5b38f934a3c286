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
    "indexing with the number of resources done and of all, or ready. Of the type: what Corridor's own index has gained, and how " +
    "many of the resources from before have been given it.",
  types: ["SearchParameter"],
  levels: ["type", "instance"],
  affectsState: false,
  parameters: [],
  run: status,
};

async function status({ id }: Invocation, context: FhirContext): Promise<Result<Answer>> {
  const { record, parameters } = context;
  if (id === "") return revisions(context);
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

/** For who may search for parameters. */
async function revisions({ record, parameters }: FhirContext): Promise<Result<Answer>> {
  const sort = { by: "updated", descending: true } as const;
  const allowed = await record.count({ kind: "SearchParameter", all: [{ is: "never" }], sort, limit: 1 });
  if (!allowed.ok) return allowed;
  if (parameters === undefined) return failed(notKept);
  const states = await parameters.revisions();
  const parameter = states.map(({ name, done, total, isDone }) => ({
    name: "revision",
    part: [
      { name: "name", valueCode: name },
      { name: "state", valueCode: isDone ? "ready" : "indexing" },
      { name: "done", valueUnsignedInt: done },
      { name: "total", valueUnsignedInt: total },
    ],
  }));
  return ok({ status: 200, body: JSON.stringify({ resourceType: "Parameters", parameter }) });
}

const notKept = unsupported("parameters-not-added", "This server does not index by search parameters of its own.");
