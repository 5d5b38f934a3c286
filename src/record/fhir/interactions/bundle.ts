import { failed, ok, type Result, unavailable } from "#kernel";
import type { Outcome } from "../../documents/operation.ts";
import { type Answer, writtenAnswer } from "../answer.ts";
import type { Asked } from "../asked.ts";
import { runEntry } from "../bundle/batch.ts";
import { type BundleEntry, readBundle } from "../bundle/entry.ts";
import { inParallel } from "../bundle/in-parallel.ts";
import { responseEntry } from "../bundle/response.ts";
import { transactEntries } from "../bundle/transaction.ts";
import { bundleText } from "../bundle-text.ts";
import type { FhirContext } from "../context.ts";
import { checkParameters } from "./requested.ts";

/** Source: FHIR R4 §3.1.0.11 (batch and transaction). */
export async function bundle(asked: Asked, context: FhirContext): Promise<Result<Answer>> {
  const known = checkParameters(asked);
  if (!known.ok) return known;
  const sent = asked.resource();
  if (!sent.ok) return sent;
  const read = readBundle(sent.value, asked.base);
  if (!read.ok) return read;
  const { type, entries } = read.value;
  return type === "batch" ? batch(entries, asked, context) : transaction(entries, asked, context);
}

type Entries = readonly Result<BundleEntry>[];

/** Each entry succeeds or fails by itself. */
async function batch(entries: Entries, asked: Asked, context: FhirContext): Promise<Result<Answer>> {
  const texts = await inParallel(entries, async (entry) =>
    responseEntry(await answerTo(entry, asked, context), {
      base: asked.base,
      isHeadOnly: entry.ok && entry.value.isHeadOnly,
    }),
  );
  return ok({ status: 200, body: bundleText({ type: "batch-response", entries: texts }) });
}

async function answerTo(entry: Result<BundleEntry>, asked: Asked, context: FhirContext): Promise<Result<Answer>> {
  if (!entry.ok) return entry;
  return asked.stop?.aborted ? failed(givenUp) : runEntry(entry.value, asked, context);
}

const givenUp = unavailable("given-up", "The batch was given up before this entry was begun.");

/**
 * What is read is read after everything is written, and can no longer fail the transaction: such an entry is answered
 * with its OperationOutcome.
 */
async function transaction(entries: Entries, asked: Asked, context: FhirContext): Promise<Result<Answer>> {
  const { record, ids, clock } = context;
  const outcomes = await transactEntries(entries, { record, ids, clock, base: asked.base });
  if (!outcomes.ok) return outcomes;
  const sent = entries.flatMap((entry) => (entry.ok ? [entry.value] : []));
  const texts = await inParallel(sent, async (entry) => {
    const answer =
      entry.method === "GET" ? await runEntry(entry, asked, context) : ok(answerOf(outcomes.value[entry.index], asked));
    return responseEntry(answer, { base: asked.base, isHeadOnly: entry.isHeadOnly });
  });
  return ok({ status: 200, body: bundleText({ type: "transaction-response", entries: texts }) });
}

/** With the resource only where the caller prefers that. */
function answerOf(outcome: Outcome | undefined, { prefer }: Asked): Answer {
  if (outcome === undefined) return { status: 204 };
  if (outcome.version.action === "delete") return { status: 204, version: outcome.version };
  return writtenAnswer(outcome, { ...prefer, answer: prefer.answer ?? "minimal" });
}
