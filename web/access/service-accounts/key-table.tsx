import { Button } from "@mantine/core";
import type { KeyView } from "#access/api";
import { formatDateTime } from "../../parts/format/dates.ts";
import { Tag } from "../../parts/tag/tag.tsx";
import { FormFailure } from "../form-message.tsx";
import { useEndKey } from "./service-account-queries.ts";
import "../../parts/table/table.css";

interface KeyTableProps {
  readonly caption: string;
  readonly keys: readonly KeyView[];
  /** Address that the id of a key is added to, to end it. */
  readonly under: string;
}

export function KeyTable({ caption, keys, under }: KeyTableProps) {
  const end = useEndKey(under);
  return (
    <>
      <FormFailure error={end.error} />
      <div className="table-frame">
        <table className="table table-stacks">
          <caption className="visually-hidden">{caption}</caption>
          <thead>
            <tr>
              <th scope="col">Key</th>
              <th scope="col">Last used</th>
              <th scope="col">Until</th>
              <th scope="col">State</th>
              <th scope="col">
                <span className="visually-hidden">End it</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {keys.map((key) => (
              <tr key={key.id}>
                <th scope="row">{key.name}</th>
                <td>
                  {key.lastUsed === undefined ? <span className="quiet">never</span> : formatDateTime(key.lastUsed)}
                </td>
                <td>{formatDateTime(key.expires)}</td>
                <td>
                  <KeyState state={key.state} />
                </td>
                <td>
                  {key.state === "open" || key.state === "ends-soon" ? (
                    <Button
                      size="xs"
                      variant="default"
                      loading={end.isPending && end.variables === key.id}
                      aria-label={`End the key ${key.name}`}
                      onClick={() => end.mutate(key.id)}
                    >
                      End
                    </Button>
                  ) : null}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

function KeyState({ state }: Pick<KeyView, "state">) {
  switch (state) {
    case "open":
      return (
        <Tag tone="good" icon="check">
          Open
        </Tag>
      );
    case "ends-soon":
      return (
        <Tag tone="warn" icon="alert">
          Ends within 30 days
        </Tag>
      );
    case "over":
      return (
        <Tag tone="plain" icon="cross">
          Its time is over
        </Tag>
      );
    case "ended":
      return (
        <Tag tone="plain" icon="cross">
          Ended
        </Tag>
      );
  }
}
