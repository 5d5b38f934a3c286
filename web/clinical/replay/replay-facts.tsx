import type { ReplayView } from "#departments/clinical/api";
import { formatDateTime } from "../../parts/format/dates.ts";
import { formatCount } from "../../parts/format/numbers.ts";
import { ReplayDeeds } from "./replay-deeds.tsx";
import { ReplayProgress } from "./replay-progress.tsx";
import { ReplayStateTag } from "./replay-state-tag.tsx";
import { choiceWords, intoWords } from "./replay-words.ts";

interface ReplayFactsProps {
  readonly replay: ReplayView;
  readonly mayReplay: boolean;
}

/** What it is, how far it is, and who said what about it. */
export function ReplayFacts({ replay, mayReplay }: ReplayFactsProps) {
  const { state, stateText, choice, into, askedBy, askedAt, total, done, started, counts, ended, problem } = replay;
  const isOpen = state === "previewing" || state === "running" || state === "paused" || state === "previewed";
  const isMoving = state === "previewing" || state === "running" || state === "paused";
  return (
    <section className="replay-card" aria-label="This replay">
      <p className="replay-facts">
        <ReplayStateTag state={state}>{stateText}</ReplayStateTag>
        <span>{choiceWords(choice).join(", ") || "every message"}</span>
        <span>{intoWords[into]}</span>
        {replay.again ? <span>again where had unchanged</span> : null}
        {replay.controlIds === "new" ? <span>under new control IDs</span> : null}
      </p>
      <p className="replay-facts replay-note">
        <span>
          Asked for by {askedBy.display}, {formatDateTime(askedAt)}
        </span>
        {started === undefined ? null : (
          <span>
            Started by {started.by.display}, {formatDateTime(started.at)}, {formatCount(started.perSecond)} a second:{" "}
            <q>{started.why}</q>
          </span>
        )}
        {ended === undefined ? null : (
          <span>
            Ended {ended.by === undefined ? "" : `by ${ended.by.display}, `}
            {formatDateTime(ended.at)} {ended.why === undefined ? null : <q>{ended.why}</q>}
          </span>
        )}
      </p>
      {problem === undefined ? null : <p className="replay-problem">{problem.message}</p>}
      {isMoving ? <ReplayProgress label={stateText} done={done} total={total} /> : null}
      {started === undefined ? null : <Counts counts={counts} />}
      {isOpen && mayReplay ? <ReplayDeeds replay={replay} /> : null}
    </section>
  );
}

function Counts({ counts }: Pick<ReplayView, "counts">) {
  const rows = [
    ["Changed the record", counts.changed],
    ["Were so already", counts.unchanged],
    ["Left as they are", counts.refused],
    ["Deliveries queued", counts.sent],
    ["Deliveries left out", counts.notSent],
  ] as const;
  return (
    <dl className="replay-numbers tabular">
      {rows.map(([term, count]) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd>{formatCount(count)}</dd>
        </div>
      ))}
    </dl>
  );
}
