import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import type { RunView } from "#departments/clinical/api";
import { formatDateTime } from "../../parts/format/dates.ts";
import { formatCount } from "../../parts/format/numbers.ts";
import { Icon } from "../../parts/icon/icon.tsx";
import { Loaded } from "../../parts/state-panel/loaded.tsx";
import { Tag } from "../../parts/tag/tag.tsx";
import "../../parts/table/table.css";
import { MismatchList } from "./mismatch-list.tsx";
import { RunFigures } from "./run-figures.tsx";
import { durationText, lookOf, paceText, targetText, trafficText } from "./run-words.ts";
import { RunsCompared } from "./runs-compared.tsx";
import "./simulator.css";
import { answersAddress, runQuery, useStopRun } from "./simulator-queries.ts";

const route = getRouteApi("/signed-in/links/simulator/$id");

/** One run: how far it is, how it was acknowledged, what came out otherwise, and how it differs from another. */
export function RunPage() {
  const { id } = route.useParams();
  const query = useQuery(runQuery(id));
  return (
    <div className="page">
      <Loaded query={query} label="Loading the run" rows={8}>
        {(run) => <Run run={run} />}
      </Loaded>
    </div>
  );
}

function Run({ run }: { readonly run: RunView }) {
  const { id, title, startedAt, by, settings, summary, comparison, problem } = run;
  const look = lookOf(run);
  return (
    <>
      <div className="page-head">
        <p>
          <Link to="/links/simulator" className="table-link">
            Simulator
          </Link>
        </p>
        <h1>{title}</h1>
        <p className="simulator-head">
          <Tag tone={look.tone} icon={look.icon}>
            {look.word}
          </Tag>
          <span>
            Begun {formatDateTime(startedAt)} by {by.display}
          </span>
        </p>
      </div>
      <div className="simulator">
        <dl className="simulator-settings">
          <Setting name="Played" text={trafficText(settings)} />
          <Setting name="Against" text={targetText(settings)} />
          <Setting name="Pace" text={paceText(settings)} />
          {settings.expected === undefined ? null : (
            <Setting name="Not compared" text={settings.expected.masks.join(", ") || "nothing is left out"} />
          )}
        </dl>
        {problem === undefined ? null : <p className="simulator-problem">{problem}</p>}
        {run.progress === undefined ? null : <Progress id={id} progress={run.progress} />}
        {summary === undefined ? null : (
          <section aria-labelledby="acknowledged">
            <h2 id="acknowledged">Acknowledgements</h2>
            <RunFigures summary={summary} />
            <a className="table-link simulator-download" href={answersAddress(id)} download>
              <Icon name="download" size={16} /> Every acknowledgement with its time
            </a>
          </section>
        )}
        {comparison === undefined ? null : <MismatchList comparison={comparison} />}
        {summary === undefined ? null : <RunsCompared run={run} />}
      </div>
    </>
  );
}

function Setting({ name, text }: { readonly name: string; readonly text: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{text}</dd>
    </div>
  );
}

interface ProgressProps {
  readonly id: string;
  readonly progress: NonNullable<RunView["progress"]>;
}

function Progress({ id, progress: { answered, messages, refused, elapsedMs } }: ProgressProps) {
  const stopping = useStopRun(id);
  return (
    <section className="simulator-progress" aria-labelledby="progress">
      <h2 id="progress">Under way</h2>
      <progress value={answered} max={messages} aria-labelledby="progress" />
      <p className="tabular">
        {formatCount(answered)} of {formatCount(messages)} answered, {formatCount(refused)} of them not taken, after{" "}
        {durationText(elapsedMs)}
      </p>
      <Button size="compact-sm" variant="default" loading={stopping.isPending} onClick={() => stopping.mutate()}>
        Stop
      </Button>
    </section>
  );
}
