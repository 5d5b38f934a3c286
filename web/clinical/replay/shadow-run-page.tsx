import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import type { ShadowRunView } from "#departments/clinical/api";
import { FormFailure } from "../../access/form-message.tsx";
import { formatDateTime } from "../../parts/format/dates.ts";
import { countOf, formatCount } from "../../parts/format/numbers.ts";
import { Loaded } from "../../parts/state-panel/loaded.tsx";
import { usePermission } from "../../shell/session/session.ts";
import { DifferenceGroups } from "./difference-groups.tsx";
import { ReplayHead } from "./replay-head.tsx";
import { ReplayProgress } from "./replay-progress.tsx";
import { shadowRunQuery, useStopShadow } from "./replay-queries.ts";
import { ReplayStateTag } from "./replay-state-tag.tsx";
import { choiceWords } from "./replay-words.ts";

const route = getRouteApi("/signed-in/links/replay/shadow/$id");

/** One shadow run, and what it found. */
export function ShadowRunPage() {
  const { id } = route.useParams();
  const query = useQuery(shadowRunQuery(id));
  return (
    <div className="page">
      <ReplayHead note="What a set-up would do otherwise" />
      <Loaded query={query} label="Loading the shadow run" rows={8}>
        {(run) => (
          <div className="replay">
            <RunFacts run={run} />
            {run.report === undefined ? null : (
              <section className="replay-section" aria-labelledby="shadow-differences">
                <h2 id="shadow-differences">What would be different</h2>
                <p className="replay-note tabular">
                  {formatCount(run.report.different)} of {countOf(run.report.messages, "message")}
                </p>
                <DifferenceGroups report={run.report} none="Nothing: every message comes to the same." />
              </section>
            )}
          </div>
        )}
      </Loaded>
    </div>
  );
}

function RunFacts({ run }: { readonly run: ShadowRunView }) {
  const { id, state, stateText, version, deployedVersion, against, choice, askedBy, askedAt, total, done, problem } =
    run;
  const mayReplay = usePermission("messages.replay");
  const stop = useStopShadow(id);
  const running = deployedVersion === 0 ? "the link of the settings" : `version ${deployedVersion}`;
  return (
    <section className="replay-card" aria-label="This shadow run">
      <p className="replay-facts">
        <ReplayStateTag state={state}>{stateText}</ReplayStateTag>
        <span>
          {version === undefined ? "Files that are not deployed" : `Version ${version}`} against{" "}
          {against === "deployed" ? `${running}, which ran then` : "what was recorded"}
        </span>
        <span>{choiceWords(choice).join(", ")}</span>
      </p>
      <p className="replay-note">
        Asked for by {askedBy.display}, {formatDateTime(askedAt)}
      </p>
      {problem === undefined ? null : <p className="replay-problem">{problem.message}</p>}
      {state === "running" ? <ReplayProgress label={stateText} done={done} total={total} /> : null}
      {state === "running" && mayReplay ? (
        <div className="replay-actions">
          <Button variant="default" loading={stop.isPending} onClick={() => stop.mutate()}>
            Stop
          </Button>
        </div>
      ) : null}
      <FormFailure error={stop.error} />
    </section>
  );
}
