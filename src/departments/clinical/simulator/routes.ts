import type { z } from "zod";
import { answers, answersQuery, type Context, placeInRecord, readBody, readCursor, writeCursor } from "#access";
import { conflict, failed, type HttpReply, jsonReply, limits, ok, type Result, type Route } from "#kernel";
import {
  type RunRow,
  type RunsComparedView,
  type RunsView,
  type RunView,
  runsQuery,
  type SimulatorView,
  startRunBody,
} from "../api.ts";
import { present } from "../messages/present.ts";
import { compareRuns } from "./compare-runs.ts";
import { usualMasks } from "./field-mask.ts";
import { type KeptRun, listRuns, readAnswers, readRun, readWholeRun } from "./kept-runs.ts";
import type { SimulatorDesk } from "./simulator-desk.ts";

const policy = "simulator.use";
const base = "/api/clinical/simulator";

export function simulatorRoutes(desk: SimulatorDesk): readonly Route<Context>[] {
  return [...lookingRoutes(desk), ...comparingRoutes(desk), ...playingRoutes(desk)];
}

function lookingRoutes(desk: SimulatorDesk): readonly Route<Context>[] {
  return [
    {
      method: "GET",
      path: base,
      policy,
      summary: "What the simulator may play messages against",
      handle: answers(async () => ok({ ...desk.targets(), usualMasks } satisfies SimulatorView)),
    },
    {
      method: "GET",
      path: `${base}/runs`,
      policy,
      summary: "Runs of the simulator, the last to change first",
      handle: answersQuery(runsQuery, (query, { context }) => fetchRuns(context, query, desk)),
    },
    {
      method: "GET",
      path: `${base}/runs/:id`,
      policy,
      summary: "One run: its settings, how far it is, its acknowledgements in figures, and what came out otherwise",
      handle: answers(async ({ context, id }) => {
        const underWay = desk.underWay();
        const run = await readRun(context.record, id);
        return run.ok ? ok(viewOf(run.value, underWay)) : run;
      }),
    },
    {
      method: "GET",
      path: `${base}/runs/:id/answers`,
      policy,
      summary: "Every acknowledgement of a run with its time, a line of JSON each",
      handle: async ({ params }, { record }) => {
        const run = await readRun(record, params.id ?? "");
        if (!run.ok) return run;
        const lines = await readAnswers(record, run.value);
        return lines.ok ? ok(download(run.value.id, lines.value)) : lines;
      },
    },
  ];
}

function comparingRoutes(desk: SimulatorDesk): readonly Route<Context>[] {
  return [
    {
      method: "GET",
      path: `${base}/runs/:id/compare/:other`,
      policy,
      summary: "How a second run differs from a first",
      handle: async ({ params }, { record }) => {
        const ids = [params.id ?? "", params.other ?? ""] as const;
        const underWay = desk.underWay();
        const kept = await Promise.all(ids.map((id) => readRun(record, id)));
        const whole = await Promise.all(ids.map((id) => readWholeRun(record, id)));
        const [first, second] = kept;
        const [one, other] = whole;
        if (first?.ok !== true || second?.ok !== true) return first?.ok === false ? first : (second as Result<never>);
        if (one?.ok !== true || other?.ok !== true) return one?.ok === false ? one : (other as Result<never>);
        const rows = { first: rowOf(first.value, underWay), second: rowOf(second.value, underWay) };
        return ok(jsonReply({ ...rows, ...compareRuns(one.value, other.value) } satisfies RunsComparedView));
      },
    },
  ];
}

function playingRoutes(desk: SimulatorDesk): readonly Route<Context>[] {
  return [
    {
      method: "POST",
      path: `${base}/runs`,
      policy,
      summary: "Begins a run: plays messages against an address that is allowed",
      handle: async (request, context) => {
        const body = readBody(startRunBody, request);
        if (!body.ok) return body;
        const started = await desk.start(body.value, context);
        return started.ok ? ok(jsonReply(viewOf(started.value, desk.underWay()), 201)) : started;
      },
    },
    {
      method: "POST",
      path: `${base}/runs/:id/stop`,
      policy,
      summary: "Ends a run: nothing more is sent",
      handle: answers(async ({ context, id }) => {
        const underWay = desk.underWay();
        const run = await readRun(context.record, id);
        if (!run.ok) return run;
        return desk.stop(run.value.id) ? ok(viewOf(run.value, underWay)) : failed(notUnderWay);
      }),
    },
  ];
}

const notUnderWay = conflict("run-not-under-way", "This run is not under way.");

async function fetchRuns({ record }: Context, query: z.infer<typeof runsQuery>, desk: SimulatorDesk) {
  const after = readCursor(query.cursor, placeInRecord);
  if (!after.ok) return after;
  const underWay = desk.underWay();
  const page = await listRuns(record, { limit: query.count ?? limits.pageSizeDefault, after: after.value });
  if (!page.ok) return page;
  const { runs, next } = page.value;
  const rows = runs.map((run) => rowOf(run, underWay));
  return ok(present<RunsView>({ runs: rows, next: next === undefined ? undefined : writeCursor(next) }));
}

type UnderWay = ReturnType<SimulatorDesk["underWay"]>;

/** `underWay` is of before the run was read: one that ended in between is not taken for interrupted. */
function rowOf({ answers: _answers, comparison, ...run }: KeptRun, underWay: UnderWay): RunRow {
  const progress = run.state === "running" ? underWay.get(run.id) : undefined;
  const state = run.state === "running" && progress === undefined ? "interrupted" : run.state;
  const notAsExpected = comparison && comparison.different + comparison.missing + comparison.unexpected;
  return present<RunRow>({ ...run, state, progress, notAsExpected });
}

function viewOf(run: KeptRun, underWay: UnderWay): RunView {
  return present<RunView>({ ...rowOf(run, underWay), comparison: run.comparison });
}

function download(id: string, body: Uint8Array): HttpReply {
  const headers = {
    "content-type": "application/x-ndjson",
    "content-disposition": `attachment; filename="run-${id}.ndjson"`,
  };
  return { status: 200, headers, body };
}
