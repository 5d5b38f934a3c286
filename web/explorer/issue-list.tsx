import { Icon, type IconName } from "../parts/icon/icon.tsx";
import type { Issue } from "./fhir/outcome.ts";

const looks: Readonly<Record<Issue["severity"], { readonly icon: IconName; readonly word: string }>> = {
  fatal: { icon: "cross", word: "Fatal" },
  error: { icon: "cross", word: "Error" },
  warning: { icon: "alert", word: "Warning" },
  information: { icon: "about", word: "Note" },
};

interface IssueListProps {
  readonly issues: readonly Issue[];
  /** Where given, an issue is a button. */
  onChoose?(issue: Issue): void;
}

/** Issues as sentences, gravest first, each with its place. */
export function IssueList({ issues, onChoose }: IssueListProps) {
  return (
    <ul className="issues">
      {issues.map((issue, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the same issue may be found twice
        <li key={index} className="issue" data-severity={issue.severity}>
          {onChoose === undefined ? (
            <IssueText issue={issue} />
          ) : (
            <button type="button" className="issue-button" onClick={() => onChoose(issue)}>
              <IssueText issue={issue} />
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}

function IssueText({ issue }: { readonly issue: Issue }) {
  const { icon, word } = looks[issue.severity];
  return (
    <>
      <span className="issue-mark">
        <Icon name={icon} size={16} /> {word}
      </span>
      <span className="issue-text">
        {issue.message}
        {issue.where === undefined ? null : <code className="issue-where">{issue.where}</code>}
      </span>
    </>
  );
}
