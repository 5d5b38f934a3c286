import { Link } from "@tanstack/react-router";
import type { DifferenceExample, DifferenceReport } from "#departments/clinical/api";
import { countOf } from "../../parts/format/numbers.ts";
import { differenceWords } from "./replay-words.ts";

interface DifferenceGroupsProps {
  readonly report: DifferenceReport;
  /** Said where nothing differs. */
  readonly none: string;
}

/** The same difference once, in how many messages, with examples to open. */
export function DifferenceGroups({ report, none }: DifferenceGroupsProps) {
  const { groups, groupsLeftOut } = report;
  if (groups.length === 0) return <p>{none}</p>;
  return (
    <div className="replay-groups">
      {groups.map(({ difference, messages, examples }, at) => (
        <details key={JSON.stringify(difference)} className="replay-group" open={at === 0}>
          <summary>
            <strong>{differenceWords(difference)}</strong>
            <span className="replay-note tabular">in {countOf(messages, "message")}</span>
          </summary>
          <ul className="replay-examples">
            {examples.map((example) => (
              <Example key={`${example.message} ${example.resource} ${example.where}`} example={example} />
            ))}
          </ul>
        </details>
      ))}
      {groupsLeftOut === 0 ? null : <p>And {countOf(groupsLeftOut, "further kind")} of difference.</p>}
    </div>
  );
}

function Example({ example }: { readonly example: DifferenceExample }) {
  const { message, resource, where } = example;
  return (
    <li className="replay-example">
      <Link to="/links/messages/$id" params={{ id: message }}>
        Message {message.slice(0, 8)}
      </Link>
      {resource === undefined ? null : (
        <span className="replay-note fixed-width">
          {resource.slice(0, resource.indexOf("/"))} {where ?? ""}
        </span>
      )}
      <Change example={example} />
    </li>
  );
}

/** What was, and what would be. */
export function Change({ example: { before, after } }: { readonly example: DifferenceExample }) {
  return (
    <>
      {before === undefined ? null : (
        <del>
          <span className="visually-hidden">before: </span>
          {before}
        </del>
      )}
      {before === undefined || after === undefined ? null : <span aria-hidden="true">→</span>}
      {after === undefined ? null : (
        <ins>
          <span className="visually-hidden">after: </span>
          {after}
        </ins>
      )}
    </>
  );
}
