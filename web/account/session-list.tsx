import { Button } from "@mantine/core";
import type { SessionView } from "#access/api";
import { formatDateTime } from "../parts/format/dates.ts";
import { Tag } from "../parts/tag/tag.tsx";

interface SessionListProps {
  readonly sessions: readonly SessionView[];
  readonly pending: boolean;
  onEnd(id: string): void;
}

/** Where somebody is signed in, since when and by what. */
export function SessionList({ sessions, pending, onEnd }: SessionListProps) {
  return (
    <ul className="account-list">
      {sessions.map((session) => {
        const place = `${session.browser ?? "A program"} at ${session.address ?? "an unknown address"}`;
        return (
          <li key={session.id}>
            <span>
              <strong>{place}</strong>{" "}
              {session.isThis ? (
                <Tag tone="accent" icon="check">
                  This one
                </Tag>
              ) : null}
              <br />
              <span className="quiet">
                Last used {formatDateTime(session.lastUsed)}, since {formatDateTime(session.begun)}, by {session.method}
              </span>
            </span>
            {session.isThis ? null : (
              <Button
                size="xs"
                variant="default"
                disabled={pending}
                aria-label={`End the session of ${place}, last used ${formatDateTime(session.lastUsed)}`}
                onClick={() => onEnd(session.id)}
              >
                End
              </Button>
            )}
          </li>
        );
      })}
    </ul>
  );
}
