import { failed, incorrect, isJsonObject, type Json, ok, type Result } from "#kernel";
import { executeGraphql, type GraphqlRequest } from "#standards/fhir-graphql";
import { jsonText, parseJson } from "../../../documents/json-text.ts";
import type { Answer } from "../../answer.ts";
import type { Asked } from "../../asked.ts";
import type { FhirContext } from "../../context.ts";
import { mediaTypeOf } from "../../media-type.ts";
import { readJson } from "../../resource-body.ts";
import { readCurrent } from "../current.ts";
import type { Invocation, Operation } from "../operation.ts";
import { bodyOf, graphqlPort } from "./graphql-port.ts";

/** Source: FHIR R4 §3.2.5 (Using GraphQL), OperationDefinition/Resource-graphql. */
export const graphqlOperation: Operation = {
  code: "graphql",
  title: "Answer a GraphQL query",
  description: "A query over one resource, or over the whole record, as far as the caller may see it.",
  levels: ["system", "instance"],
  affectsState: false,
  definition: "http://hl7.org/fhir/OperationDefinition/Resource-graphql",
  parameters: [],
  readsItself: true,
  run: graphql,
};

/** The query as its parameters have it; `null` counts as absent. */
type Sent = Readonly<Record<string, Json | undefined>>;

async function graphql({ asked, type, id }: Invocation, { record, clock }: FhirContext): Promise<Result<Answer>> {
  const sent = asked.bytes.length === 0 ? sentInAddress(asked) : sentInBody(asked);
  if (!sent.ok) return sent;
  const request = requestOf(sent.value);
  if (!request.ok) return request;
  const about = id === "" ? ok(undefined) : await readCurrent(record, type, id);
  if (!about.ok) return about;
  const resource = about.value === undefined ? {} : { resource: bodyOf(about.value) };
  const port = graphqlPort({ record, base: asked.base, now: clock.now() });
  const answer = await executeGraphql({ ...request.value, ...resource }, port);
  const headers = { "content-type": "application/json; charset=utf-8" };
  // As bytes: it is no resource, and never becomes XML.
  return ok({ status: 200, headers, body: Buffer.from(jsonText(answer as unknown as Json)) });
}

function sentInAddress({ query }: Asked): Result<Sent> {
  const text = query.get("variables");
  const variables = text === null ? ok(undefined) : parseJson(text);
  if (!variables.ok) return variables;
  const [source, operationName] = [query.get("query"), query.get("operationName")];
  return ok({ query: source ?? undefined, operationName: operationName ?? undefined, variables: variables.value });
}

/** The query itself, or JSON with the query in it. */
function sentInBody({ headers, bytes }: Asked): Result<Sent> {
  if (mediaTypeOf(headers["content-type"] ?? "") === "application/graphql") {
    return ok({ query: Buffer.from(bytes).toString("utf8") });
  }
  const read = readJson(bytes);
  if (!read.ok) return read;
  return isJsonObject(read.value) ? ok(read.value) : failed(noQuery);
}

function requestOf({ query, operationName, variables }: Sent): Result<GraphqlRequest> {
  if (typeof query !== "string") return failed(noQuery);
  if (operationName !== undefined && operationName !== null && typeof operationName !== "string")
    return failed(noQuery);
  if (variables !== undefined && variables !== null && !isJsonObject(variables)) return failed(noQuery);
  return ok({
    query,
    ...(typeof operationName === "string" ? { operationName } : {}),
    ...(isJsonObject(variables) ? { variables } : {}),
  });
}

const noQuery = incorrect(
  "wrong-search-value",
  "$graphql takes a query, and with it an operationName and an object of variables where they are needed.",
  { where: "query" },
);
