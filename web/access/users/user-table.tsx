import { UnstyledButton } from "@mantine/core";
import type { UserView } from "#access/api";
import { formatDateTime } from "../../parts/format/dates.ts";
import { Tag } from "../../parts/tag/tag.tsx";
import "../../parts/table/table.css";
import { sourceWords } from "./user-filters.tsx";

interface UserTableProps {
  readonly users: readonly UserView[];
  onEdit(user: UserView): void;
}

export function UserTable({ users, onEdit }: UserTableProps) {
  return (
    <div className="table-frame">
      <table className="table table-stacks">
        <caption className="visually-hidden">Users</caption>
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">User name</th>
            <th scope="col">Roles</th>
            <th scope="col">From</th>
            <th scope="col">Last sign-in</th>
            <th scope="col">State</th>
          </tr>
        </thead>
        <tbody>
          {users.map((user) => (
            <tr key={user.id} className="table-row-open" onClick={() => onEdit(user)}>
              <th scope="row">
                <UnstyledButton className="table-link users-name" onClick={() => onEdit(user)}>
                  {user.display}
                </UnstyledButton>
              </th>
              <td>{user.username}</td>
              <td>{user.roles.map((role) => role.title).join(", ") || <span className="quiet">no role</span>}</td>
              <td>{user.sources.map((source) => sourceWords[source]).join(", ")}</td>
              <td>
                {user.lastSignIn === undefined ? (
                  <span className="quiet">never signed in</span>
                ) : (
                  <>
                    <span className="users-phone quiet">signed in </span>
                    {formatDateTime(user.lastSignIn)}
                  </>
                )}
              </td>
              <td>
                <UserState user={user} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** The one thing about an account that stands in the way of signing in. */
function UserState({ user }: { readonly user: UserView }) {
  if (!user.active)
    return (
      <Tag tone="plain" icon="cross">
        Closed
      </Tag>
    );
  if (user.lockedUntil !== undefined)
    return (
      <Tag tone="warn" icon="hold">
        Locked until {formatDateTime(user.lockedUntil)}
      </Tag>
    );
  if (!user.hasPassword && user.outside === undefined)
    return (
      <Tag tone="accent" icon="mail">
        No password yet
      </Tag>
    );
  return (
    <Tag tone="good" icon="check">
      Open
    </Tag>
  );
}
