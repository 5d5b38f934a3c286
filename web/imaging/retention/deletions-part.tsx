import { Button, Progress } from "@mantine/core";
import { useState } from "react";
import type { ImageDisposalView } from "#departments/clinical/api";
import { formatDateTime } from "../../parts/format/dates.ts";
import { countOf, formatCount } from "../../parts/format/numbers.ts";
import { Tag } from "../../parts/tag/tag.tsx";
import { useMe, usePermission } from "../../shell/session/session.ts";
import { dicomDate } from "../imaging-words.ts";
import { type AskedDeed, ReasonDrawer } from "../reason-drawer.tsx";
import { deciding, proposing, stepping } from "./deletion-deeds.ts";
import { keptLines } from "./retention-words.ts";

interface DeletionsProps {
  readonly disposals: readonly ImageDisposalView[];
  readonly hasRules: boolean;
}

/** Deletions by the rules: proposed, agreed on, how far they are, and what they came to. */
export function DeletionsPart({ disposals, hasRules }: DeletionsProps) {
  const mayPropose = usePermission("images.keep");
  const [asked, setAsked] = useState<AskedDeed>();
  const isUnderWay = disposals.some(({ state }) => state !== "done" && state !== "refused");
  return (
    <section aria-labelledby="deletions">
      <h2 id="deletions">Deletions</h2>
      <p className="quiet">
        One person proposes, another agrees. Then what the rules let go is erased for good: the objects, their index,
        and what the record knows of the studies. Reports stay.
      </p>
      {mayPropose && !isUnderWay ? (
        <div className="imaging-toolbar">
          <Button size="xs" disabled={!hasRules} onClick={() => setAsked(proposing)}>
            Propose a deletion…
          </Button>
        </div>
      ) : null}
      {disposals.length === 0 ? <p>None was proposed yet.</p> : null}
      <ul className="imaging-list">
        {disposals.map((disposal) => (
          <li key={disposal.id}>
            <DeletionCard disposal={disposal} onAsk={setAsked} />
          </li>
        ))}
      </ul>
      {asked === undefined ? null : <ReasonDrawer asked={asked} onClose={() => setAsked(undefined)} />}
    </section>
  );
}

const states: Readonly<Record<ImageDisposalView["state"], readonly [title: string, tone: "plain" | "warn" | "good"]>> =
  {
    counting: ["Being counted", "plain"],
    proposed: ["Waits for a second person", "warn"],
    refused: ["Refused", "plain"],
    agreed: ["Being carried out", "warn"],
    stopped: ["Stopped", "warn"],
    done: ["Done", "good"],
  };

interface CardProps {
  readonly disposal: ImageDisposalView;
  onAsk(asked: AskedDeed): void;
}

function DeletionCard({ disposal, onAsk }: CardProps) {
  const { state, day, proposed, decided, stopped, rules } = disposal;
  const [title, tone] = states[state];
  const label = `Deletion of ${dicomDate(day.replaceAll("-", ""))}`;
  return (
    <article className="imaging-card" aria-label={label}>
      <div className="imaging-card-head">
        <h3>{label}</h3>
        <Tag tone={tone} icon={state === "done" ? "check" : "clock"}>
          {title}
        </Tag>
      </div>
      <p>
        By {rules.map(({ id }) => id).join(", ")}. Proposed by {proposed.display}, {formatDateTime(proposed.at)}: “
        {proposed.why}”
      </p>
      {decided === undefined ? null : (
        <p>
          {state === "refused" ? "Refused" : "Agreed"} by {decided.display}, {formatDateTime(decided.at)}: “
          {decided.why}”
        </p>
      )}
      {stopped === undefined ? null : (
        <p>
          {state === "stopped" ? "Stopped" : "Let go on"} by {stopped.display}, {formatDateTime(stopped.at)}: “
          {stopped.why}”
        </p>
      )}
      <HowFar disposal={disposal} />
      <Deeds disposal={disposal} onAsk={onAsk} />
    </article>
  );
}

function HowFar({ disposal: { state, foreseen, gone, kept, waiting, problem, finishedAt } }: Omit<CardProps, "onAsk">) {
  const isBefore = state === "counting" || state === "proposed" || state === "refused";
  const would = `${countOf(foreseen.studies, "study", "studies")} with ${countOf(foreseen.objects, "object")}`;
  const went = `${countOf(gone.studies, "study", "studies")} with ${countOf(gone.objects, "object")}`;
  const lines = keptLines(isBefore ? foreseen.kept : kept);
  return (
    <div>
      {isBefore ? (
        <p role="status">{state === "counting" ? `So far ${would} would go.` : `${would} would go.`}</p>
      ) : null}
      {isBefore ? null : (
        <div role="status">
          <p>
            {went} {gone.studies === 1 ? "is" : "are"} gone, of {formatCount(foreseen.studies)} that were counted
            {finishedAt === undefined ? "" : `; it ended ${formatDateTime(finishedAt)}`}.
          </p>
          {state === "done" ? null : (
            <Progress
              value={foreseen.studies === 0 ? 0 : Math.min(100, (gone.studies / foreseen.studies) * 100)}
              size="sm"
              aria-label={went}
            />
          )}
          {waiting === 0 || state === "done" ? null : (
            <p>{countOf(waiting, "study waits", "studies wait")} for a second archive to commit to it.</p>
          )}
        </div>
      )}
      {problem === undefined ? null : (
        <p className="imaging-failed">
          It does not go on since {formatDateTime(problem.at)}: {problem.message} It is tried again by itself.
        </p>
      )}
      {lines.length === 0 ? null : (
        <details>
          <summary>What {isBefore ? "would stay" : "stayed"}, and why</summary>
          <ul>
            {lines.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}

function Deeds({ disposal, onAsk }: CardProps) {
  const me = useMe();
  const { state, proposed } = disposal;
  const isOwn = proposed.by === me?.reference;
  switch (state) {
    case "done":
    case "refused":
      return null;
    case "counting":
    case "proposed":
      return (
        <div className="imaging-actions">
          {state === "counting" || isOwn ? null : (
            <Button size="xs" color="red.9" onClick={() => onAsk(deciding(disposal, true))}>
              Agree…
            </Button>
          )}
          <Button size="xs" variant="default" onClick={() => onAsk(deciding(disposal, false))}>
            {isOwn ? "Take it back…" : "Refuse…"}
          </Button>
          {isOwn && state === "proposed" ? <span className="quiet">Somebody else has to agree.</span> : null}
        </div>
      );
    case "agreed":
    case "stopped":
      return (
        <div className="imaging-actions">
          <Button size="xs" variant="default" onClick={() => onAsk(stepping(disposal))}>
            {state === "agreed" ? "Stop it…" : "Let it go on…"}
          </Button>
        </div>
      );
  }
}
