import { incorrect, type OutgoingMessage, type Problem, type Sender, type SendOutcome, unavailable } from "#kernel";
import type { HttpAnswer } from "./exchange.ts";
import { object, outcomeIssues, outcomeSummary, parsedJson } from "./outcome-words.ts";
import { answerBytes, type PostSenderOptions, postSender, unclear } from "./post-sender.ts";
import { statusVerdict } from "./status-verdict.ts";

export interface FhirSenderOptions extends PostSenderOptions {
  /** `transaction` posts a Bundle to the base itself; `message` posts one to its `$process-message`. */
  readonly as: "transaction" | "message";
}

/**
 * Posts Bundles to a FHIR server. The status decides: see `statusVerdict`; an OperationOutcome says in the problem's text
 * what is wrong and where, as far as it does so by codes (its free text may name a patient: see `outcomeWords`). With 2xx,
 * an OperationOutcome with an error refuses. The answer to a message is matched: a MessageHeader that answers another one
 * is `unanswered`, `fatal-error` and `transient-error` refuse (the latter `unavailable`: it may be tried again).
 * Source: FHIR R4 §3.1.0.11 (transaction), MessageHeader, MessageHeader/$process-message.
 */
export function fhirSender(options: FhirSenderOptions): Sender {
  const path = options.as === "message" ? "/$process-message" : "";
  return postSender(options, {
    address(base) {
      const address = new URL(base);
      address.pathname = `${base.pathname.replace(/\/$/, "")}${path}` || "/";
      return address;
    },
    headers: () => ({ "content-type": "application/fhir+json; charset=utf-8", accept: "application/fhir+json" }),
    outcome: options.as === "message" ? messageOutcome : (answer) => outcomeOf(answer, parsedJson(answer.body)),
  });
}

function outcomeOf(answer: HttpAnswer, resource: unknown): SendOutcome {
  const verdict = statusVerdict(answer);
  const bytes = answerBytes(answer);
  const issues = outcomeIssues(resource);
  if (verdict.is === "accepted") {
    const errors = issues.filter(({ severity }) => severity === "error" || severity === "fatal");
    if (errors.length === 0) return { is: "accepted", ...bytes };
    const text = `The receiver accepted the message with errors: ${outcomeSummary(errors)}.`;
    return { is: "refused", code: String(answer.status), problem: incorrect("answered-with-errors", text), ...bytes };
  }
  const summary = outcomeSummary(issues);
  if (summary === "") return { ...verdict, ...bytes };
  const problem: Problem = {
    ...verdict.problem,
    message: `${verdict.problem.message.slice(0, -1)}: ${summary}.`,
  };
  return verdict.is === "refused" ? { ...verdict, problem, ...bytes } : { is: "unanswered", problem };
}

function messageOutcome(answer: HttpAnswer, message: OutgoingMessage): SendOutcome {
  const resource = parsedJson(answer.body);
  const outcome = outcomeOf(answer, resource);
  const response = object(messageHeader(resource)?.response);
  if (typeof response.code !== "string") return outcome;
  const asked = messageHeader(parsedJson(message.body))?.id;
  if (response.identifier !== asked) return unclear("answer-foreign", "The receiver answered another message.");
  if (response.code === "ok") return outcome;
  const summary = outcomeSummary(outcomeIssues(resource));
  const text = `The receiver answered ${response.code}${summary === "" ? "" : `: ${summary}`}.`;
  const problem = (response.code === "transient-error" ? unavailable : incorrect)(
    `answered-${codeOf(response.code)}`,
    text,
  );
  return { is: "refused", code: codeOf(response.code), problem, ...answerBytes(answer) };
}

function codeOf(code: string): string {
  return code === "transient-error" || code === "fatal-error" ? code : "unknown";
}

/** The first resource of a Bundle of type `message`. */
function messageHeader(bundle: unknown): Readonly<Record<string, unknown>> | undefined {
  const { resourceType, entry } = object(bundle);
  if (resourceType !== "Bundle" || !Array.isArray(entry)) return undefined;
  const first = object(object(entry[0]).resource);
  return first.resourceType === "MessageHeader" ? first : undefined;
}
