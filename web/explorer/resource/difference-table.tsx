import { useMemo } from "react";
import type { IconName } from "../../parts/icon/icon.tsx";
import { EmptyPanel } from "../../parts/state-panel/empty-panel.tsx";
import { Tag, type TagTone } from "../../parts/tag/tag.tsx";
import type { ResourceVersion } from "../fhir/resource-queries.ts";
import { valueText } from "../values/value-text.ts";
import { type Difference, differences } from "./difference.ts";

const looks: Readonly<Record<Difference["is"], { readonly tone: TagTone; readonly icon: IconName }>> = {
  added: { tone: "good", icon: "plus" },
  removed: { tone: "bad", icon: "cross" },
  changed: { tone: "warn", icon: "pencil" },
};

interface DifferenceTableProps {
  readonly before: ResourceVersion;
  readonly after: ResourceVersion;
}

export function DifferenceTable({ before, after }: DifferenceTableProps) {
  const found = useMemo(() => differences(before.content, after.content), [before, after]);
  if (found.length === 0)
    return (
      <EmptyPanel icon="check" title="The same">
        Version {before.version} and version {after.version} say the same.
      </EmptyPanel>
    );
  return (
    <div className="table-frame">
      <table className="table table-stacks">
        <caption className="visually-hidden">
          Differences between version {before.version} and version {after.version}
        </caption>
        <thead>
          <tr>
            <th scope="col">Element</th>
            <th scope="col">What</th>
            <th scope="col">Version {before.version}</th>
            <th scope="col">Version {after.version}</th>
          </tr>
        </thead>
        <tbody>
          {found.map((difference) => (
            <tr key={`${difference.is} ${difference.path}`}>
              <th scope="row" className="fixed-width difference-path">
                {difference.path}
              </th>
              <td>
                <Tag {...looks[difference.is]}>{difference.is}</Tag>
              </td>
              <td className="difference-value">
                <Told is="del" type={difference.type} value={difference.before} />
              </td>
              <td className="difference-value">
                <Told is="ins" type={difference.type} value={difference.after} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Longer values are cut: the versions themselves have them whole. */
const lengthMax = 600;

function Told({
  is: Mark,
  type,
  value,
}: {
  readonly is: "del" | "ins";
  readonly type: string;
  readonly value: unknown;
}) {
  if (value === undefined) return null;
  const text = type === "" ? JSON.stringify(value) : valueText(type, value);
  return <Mark>{text.length > lengthMax ? `${text.slice(0, lengthMax)} …` : text}</Mark>;
}
