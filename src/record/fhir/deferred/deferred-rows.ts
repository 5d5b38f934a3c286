import { failed, fault, type HttpReply, notFound, ok, type Result } from "#kernel";
import type { Answer } from "../answer.ts";
import type { Asked } from "../asked.ts";
import { responseEntry } from "../bundle/response.ts";
import { bundleText } from "../bundle-text.ts";
import type { FhirContext } from "../context.ts";
import { checkParameters } from "../interactions/requested.ts";
import type { DeferredAnswers } from "./deferred-answers.ts";

/** Where a deferred answer is asked for, below the FHIR door. */
const place = "$async";

/** Source: FHIR R4 §3.1.0.14 (asynchronous requests); FHIR R5 §3.1.0.9.2 (the answer as a batch-response Bundle). */
export function deferredRows(answers: DeferredAnswers) {
  const path = `${place}/:job`;
  return [
    { method: "GET", path, summary: "Ask for an answer that comes later", run: ask(answers), isNeverDeferred: true },
    { method: "DELETE", path, summary: "Give up an answer", run: giveUp(answers), isNeverDeferred: true },
  ] as const;
}

interface Deferral {
  readonly asked: Asked;
  readonly context: FhirContext;
  run(asked: Asked, context: FhirContext): Promise<Result<Answer>>;
}

/** Accepts a request, to be answered later. Problems: `deferred-full`. */
export function defer(answers: DeferredAnswers, { asked, context, run }: Deferral): Result<HttpReply> {
  const { clock, ids, actor } = context;
  const work = (stop: AbortSignal) => run({ ...asked, stop }, context).catch(thrown);
  const started = answers.start({ owner: actor.reference, clock, ids, work });
  if (!started.ok) return started;
  const location = `${asked.base}/${place}/${started.value}`;
  return ok({ status: 202, headers: { "content-location": location, "preference-applied": "respond-async" } });
}

function thrown(cause: unknown): Result<never> {
  return failed(fault("thrown", "A deferred request threw.", { cause }));
}

function ask(answers: DeferredAnswers) {
  return async (asked: Asked, { actor, clock }: FhirContext): Promise<Result<Answer>> => {
    const known = checkParameters(asked);
    if (!known.ok) return known;
    const found = answers.find(asked.params.job ?? "", { owner: actor.reference, clock });
    if (found === undefined) return failed(nothingThere);
    const { answer, startedMs } = found;
    if (answer === undefined) {
      const seconds = Math.round((clock.now() - startedMs) / 1_000);
      return ok({ status: 202, headers: { "retry-after": "1", "x-progress": `in progress for ${seconds} s` } });
    }
    // A bug is for the log, which the door writes.
    if (!answer.ok && answer.problems.some(({ category }) => category === "fault")) return answer;
    const entries = [responseEntry(answer, { base: asked.base })];
    return ok({ status: 200, body: bundleText({ type: "batch-response", entries }) });
  };
}

function giveUp(answers: DeferredAnswers) {
  return async (asked: Asked, { actor, clock }: FhirContext): Promise<Result<Answer>> => {
    const isGone = answers.cancel(asked.params.job ?? "", { owner: actor.reference, clock });
    return isGone ? ok({ status: 202 }) : failed(nothingThere);
  };
}

const nothingThere = notFound("not-found", "There is no such answer: it was given up, is over, or is somebody else's.");
