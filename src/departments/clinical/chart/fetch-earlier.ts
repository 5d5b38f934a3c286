import type { Context } from "#access";
import { failed, notFound, ok, type Result } from "#kernel";
import { parseBody } from "#record";
import type { Observation } from "#standards/fhir";
import type { EarlierResults } from "../api.ts";
import { historyOf } from "./fetch-panels.ts";
import { ResourceMap, relative } from "./resource-map.ts";
import { resultOf } from "./result.ts";

export interface EarlierQuestion {
  readonly patientId: string;
  readonly observationId: string;
}

/** Everything that one result said before, newest first. Problems: not-found, where it is not this patient's. */
export async function fetchEarlierResults(
  { record, hospitalTime }: Context,
  { patientId, observationId }: EarlierQuestion,
): Promise<Result<EarlierResults>> {
  const history = await record.history(historyOf(observationId));
  if (!history.ok) return history;
  const [current, ...before] = history.value.versions;
  if (current === undefined || current.action === "delete") return noResult();
  const observation = parseBody<Observation>(current);
  if (relative(observation.subject?.reference ?? "") !== `Patient/${patientId}`) return noResult();
  const earlier = new Map([[`Observation/${observationId}`, before]]);
  const result = resultOf(observation, { patientId, hospitalTime, resources: new ResourceMap(), earlier });
  return ok({ result, earlier: result.earlier });
}

function noResult(): Result<never> {
  return failed(notFound("not-found", "There is no such result in this chart."));
}
