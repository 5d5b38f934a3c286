import {
  failed,
  type HttpReply,
  type HttpRequest,
  ok,
  type Problem,
  type Problems,
  type Result,
  type Route,
} from "#kernel";
import { isResourceType } from "#standards/fhir";
import type { TerminologyCheck } from "#standards/fhir-profiles";
import { replyOf } from "./answer.ts";
import { type Asked, askedOf } from "./asked.ts";
import type { FhirContext } from "./context.ts";
import { DeferredAnswers } from "./deferred/deferred-answers.ts";
import { defer, deferredRows } from "./deferred/deferred-rows.ts";
import { createBinary, isResourceWanted, readBinary, updateBinary } from "./interactions/binary.ts";
import { bundle } from "./interactions/bundle.ts";
import { metadata, type Software, type StatedSubscriptions } from "./interactions/metadata.ts";
import { type Interaction, type InteractionRow, interactions } from "./interactions/table.ts";
import { acceptedFormat } from "./media-type.ts";
import type { StatedOperation } from "./operations/operation.ts";
import { openValidation } from "./operations/validate/validation.ts";
import type { AddedParameters } from "./parameters/added-parameters.ts";
import { type Representation, represented, representedFailure, storedForm } from "./representation.ts";

export interface DoorRow extends InteractionRow {
  /** The answer may be of any type, so what the caller accepts is looked at by the interaction. */
  readonly isOfAnyType?: boolean;
  /** It is answered at once, whatever the caller prefers. */
  readonly isNeverDeferred?: boolean;
  /** Left out: `signed-in`. */
  readonly policy?: string;
}

/** In any type of content, besides FHIR's own. */
const binaries: readonly DoorRow[] = [
  { method: "GET", path: "Binary/:id", summary: "Read a Binary or its content", run: readBinary, isOfAnyType: true },
  {
    method: "GET",
    path: "Binary/:id/_history/:version",
    summary: "Read one version of a Binary or its content",
    run: readBinary,
    isOfAnyType: true,
  },
  { method: "POST", path: "Binary", summary: "Store content as a Binary", run: createBinary },
  { method: "PUT", path: "Binary/:id", summary: "Store content as this Binary", run: updateBinary },
];

/** What stands behind the door, besides the record of each caller. */
export interface FhirDoor {
  /** Operations whose routes are made elsewhere: they are stated too. */
  readonly elsewhere?: readonly StatedOperation[];
  /** Says of codes what a validation asks. */
  readonly terminology?: TerminologyCheck;
  readonly parameters?: Pick<AddedParameters, "stateOf" | "revisions">;
  /** Routes made elsewhere that entries of a Bundle may ask too: those of operations that are answered at once. */
  readonly inBundles?: readonly Route<FhirContext>[];
  /** Answers `metadata?mode=terminology`. */
  readonly terminologyStatement?: Interaction;
  /** Stated too, where there is an engine for them. */
  readonly subscriptions?: StatedSubscriptions;
}

/**
 * The FHIR R4 door: `/fhir/…`. Every failure is an OperationOutcome with an expression where one can be named. Which kinds
 * a caller may touch is decided by the record it is given.
 */
export function fhirRoutes(software: Software, door: FhirDoor = {}): readonly Route<FhirContext>[] {
  const { elsewhere = [], inBundles = [], terminology, terminologyStatement, parameters, subscriptions } = door;
  const statement: DoorRow = {
    method: "GET",
    path: "metadata",
    summary: "What this server does",
    run: metadata(software, { elsewhere, subscriptions, terminologyStatement }),
    policy: "public",
    isNeverDeferred: true,
  };
  const behind = {
    validation: openValidation(terminology),
    inBundles: [fhirRoute(statement), ...inBundles],
    ...(parameters === undefined ? {} : { parameters }),
  };
  const answers = new DeferredAnswers();
  const rows: readonly DoorRow[] = [
    statement,
    ...deferredRows(answers),
    { method: "POST", path: "", summary: "Do what the entries of a batch or transaction ask for", run: bundle },
    ...binaries,
    ...interactions,
  ];
  return rows.map((row) =>
    fhirRoute({ ...row, run: (asked, context) => row.run(asked, { ...context, ...behind }) }, answers),
  );
}

/**
 * A route that answers in the form that is asked for, JSON or XML, failures included; later, where the caller prefers that and
 * there are `answers` to keep it.
 */
export function fhirRoute(row: DoorRow, answers?: DeferredAnswers): Route<FhirContext> {
  return {
    method: row.method,
    path: row.path === "" ? "/fhir" : `/fhir/${row.path}`,
    policy: row.policy ?? "signed-in",
    summary: row.summary,
    problems: "operation-outcome",
    handle: (request, context) => handle(row, request, { answers, context }),
  };
}

interface Handling {
  readonly answers: DeferredAnswers | undefined;
  readonly context: FhirContext;
}

async function handle(row: DoorRow, request: HttpRequest, { answers, context }: Handling): Promise<Result<HttpReply>> {
  const asked = askedOf(row.path.startsWith("Binary") ? asBinary(request) : request);
  const wanted = wantedForm(row, asked);
  if (!wanted.ok) return wanted;
  const isDeferred = asked.prefer.isAsync && !row.isNeverDeferred && !row.isOfAnyType;
  if (isDeferred && answers !== undefined) return defer(answers, { asked, context, run: row.run });
  const answer = await row.run(asked, context);
  const reply = answer.ok ? represented(replyOf(answer.value, asked.base), wanted.value) : answer;
  if (reply.ok) return reply;
  const [first, ...rest] = reply.problems;
  const type = asked.params.type;
  const problems: Problems = [placed(first, type), ...rest.map((problem) => placed(problem, type))];
  const told = representedFailure(problems, wanted.value);
  return told === undefined ? failed(...problems) : ok(told);
}

function wantedForm({ isOfAnyType }: DoorRow, asked: Asked): Result<Representation> {
  const { headers, query } = asked;
  if (query.size === 0 && headers.accept === undefined && headers["accept-charset"] === undefined)
    return ok(storedForm);
  if (isOfAnyType && !isResourceWanted(asked)) return ok(storedForm);
  const format = acceptedFormat(query.get("_format"), headers);
  return format.ok ? ok({ format: format.value, isPretty: query.get("_pretty") === "true" }) : format;
}

function asBinary(request: HttpRequest): HttpRequest {
  const { method, path, query, headers, body, origin, remoteAddress, closed } = request;
  const params = { ...request.params, type: "Binary" };
  return { method, path, query, headers, body, origin, remoteAddress, closed, params };
}

/** What is wrong with the caller's side is at least of the resource that was asked for. */
function placed(problem: Problem, type: string | undefined): Problem {
  if (problem.where !== undefined || type === undefined || !isResourceType(type)) return problem;
  const isOurs = ["fault", "busy", "unavailable"].includes(problem.category);
  return isOurs ? problem : { ...problem, where: type };
}
