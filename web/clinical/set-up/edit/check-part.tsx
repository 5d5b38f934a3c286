import { Button } from "@mantine/core";
import type { CheckReport, GoldenReport } from "#departments/clinical/api";
import { FormFailure } from "../../../access/form-message.tsx";
import { countOf } from "../../../parts/format/numbers.ts";
import { ScrollRegion } from "../../../parts/scroll-region/scroll-region.tsx";
import { Tag } from "../../../parts/tag/tag.tsx";
import { fileOf, type Problem } from "./form-problems.ts";

interface CheckPartProps {
  readonly report: CheckReport | undefined;
  readonly error: unknown;
  /** The report is of what is on the screen. */
  readonly isChecked: boolean;
  onOpen(path: string): void;
  onExpect(golden: GoldenReport): void;
}

/** What the server says of the draft: the same as `corridor links check`. */
export function CheckPart({ report, error, isChecked, onOpen, onExpect }: CheckPartProps) {
  const different = report?.golden.filter(({ isAsExpected }) => !isAsExpected) ?? [];
  return (
    <section className="worklist-part" aria-labelledby="edit-check" aria-busy={!isChecked && error === null}>
      <div className="edit-form-head">
        <h2 id="edit-check">Check</h2>
        <Outcome report={report} isChecked={isChecked} />
      </div>
      <FormFailure error={error} />
      {report === undefined ? null : (
        <p className="quiet">
          {countOf(report.links, "link")}, {countOf(report.destinations, "destination")},{" "}
          {countOf(report.goldenMessages, "golden message")}
        </p>
      )}
      <ul className="edit-problems" aria-label="What to mend">
        {(report?.problems ?? []).map((problem) => (
          <ProblemLine key={problem.message} problem={problem} onOpen={onOpen} />
        ))}
      </ul>
      {different.map((golden) => (
        <GoldenPart key={golden.expectedPath} golden={golden} onExpect={onExpect} />
      ))}
    </section>
  );
}

function Outcome({ report, isChecked }: Pick<CheckPartProps, "report" | "isChecked">) {
  if (report === undefined || !isChecked) return <span className="quiet">Checking…</span>;
  return (
    <span role="status">
      {report.isSound ? (
        <Tag tone="good" icon="check">
          Nothing to mend
        </Tag>
      ) : (
        <Tag tone="bad" icon="cross">
          {report.problems.length} to mend
        </Tag>
      )}
    </span>
  );
}

function ProblemLine({ problem, onOpen }: { readonly problem: Problem; onOpen(path: string): void }) {
  const path = fileOf(problem);
  const isForm = path.startsWith("links/") || path.startsWith("destinations/");
  return (
    <li>
      {problem.message}{" "}
      {isForm ? (
        <Button variant="subtle" size="compact-xs" onClick={() => onOpen(path)}>
          Open {path}
        </Button>
      ) : null}
    </li>
  );
}

/** A golden message that gives something else: either the settings are wrong, or what is expected of it. */
function GoldenPart({ golden, onExpect }: { readonly golden: GoldenReport; onExpect(golden: GoldenReport): void }) {
  return (
    <div className="worklist-inset">
      <p>
        <span className="fixed-width">{golden.expectedPath}</span>: what the message gives now. Where that is right,
        expect it from now on.
      </p>
      <ScrollRegion className="set-up-text" label={`What ${golden.expectedPath} would say`}>
        <pre className="fixed-width">{JSON.stringify(golden.actual, null, 2)}</pre>
      </ScrollRegion>
      <Button variant="default" size="xs" onClick={() => onExpect(golden)}>
        Expect this from now on
      </Button>
    </div>
  );
}
