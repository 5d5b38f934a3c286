import { Button } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { JudgedStudyView } from "#departments/clinical/api";
import { countOf } from "../../parts/format/numbers.ts";
import { EmptyPanel } from "../../parts/state-panel/empty-panel.tsx";
import { Loaded } from "../../parts/state-panel/loaded.tsx";
import { MoreRows } from "../../parts/table/more-rows.tsx";
import "../../parts/table/table.css";
import { Tag } from "../../parts/tag/tag.tsx";
import { usePermission } from "../../shell/session/session.ts";
import { dicomDate, dicomName } from "../imaging-words.ts";
import { judgedQuery } from "./retention-queries.ts";

/** What the rules would delete today, study by study, and why or why not. Nothing is deleted by looking. */
export function RetentionTrialPart() {
  const [isAsked, setAsked] = useState(false);
  const query = useInfiniteQuery({ ...judgedQuery, enabled: isAsked });
  return (
    <section aria-labelledby="retention-trial">
      <h2 id="retention-trial">What would go today</h2>
      <p className="quiet">
        Each study that is old enough for one of the rules, the newest first, with the reason why it goes or stays.
        Nothing is deleted by looking.
      </p>
      {isAsked ? null : (
        <Button size="xs" variant="default" onClick={() => setAsked(true)}>
          Try the rules
        </Button>
      )}
      <div role="status">
        {isAsked ? (
          <Loaded query={query} label="Trying the rules" rows={4}>
            {({ pages }) => {
              const studies = pages.flatMap((page) => page.studies);
              return studies.length === 0 ? (
                <EmptyPanel icon="check-round" title="Nothing is old enough">
                  No study is as old as one of the rules asks for.
                </EmptyPanel>
              ) : (
                <>
                  <JudgedTable studies={studies} />
                  <MoreRows query={query} label="Older ones" />
                </>
              );
            }}
          </Loaded>
        ) : null}
      </div>
    </section>
  );
}

function JudgedTable({ studies }: { readonly studies: readonly JudgedStudyView[] }) {
  const mayKeep = usePermission("images.keep");
  return (
    <div className="table-frame imaging-trial">
      <table className="table table-stacks imaging-table">
        <caption className="visually-hidden">Studies, and whether the rules let them go</caption>
        <thead>
          <tr>
            <th scope="col">Study</th>
            <th scope="col">Patient</th>
            <th scope="col">Today</th>
            <th scope="col">Why</th>
          </tr>
        </thead>
        <tbody>
          {studies.map((study) => (
            <tr key={study.uid}>
              <th scope="row">
                {mayKeep ? (
                  <Link to="/images/studies/$uid" params={{ uid: study.uid }} className="table-link">
                    {titleOf(study)}
                  </Link>
                ) : (
                  titleOf(study)
                )}
                <span className="imaging-small">
                  {[dicomDate(study.date), study.modalities.join(", "), countOf(study.instances, "object")].join(" · ")}
                </span>
              </th>
              <td>
                {dicomName(study.name)}
                <span className="imaging-small">{study.patientId}</span>
              </td>
              <td>
                {study.goes ? (
                  <Tag tone="warn" icon="cross">
                    Goes
                  </Tag>
                ) : (
                  <Tag tone="plain" icon="check">
                    Stays
                  </Tag>
                )}
              </td>
              <td>{study.why}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function titleOf({ description }: JudgedStudyView): string {
  return description === "" ? "Study without description" : description;
}
