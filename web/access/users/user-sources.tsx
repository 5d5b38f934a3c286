import { Switch } from "@mantine/core";
import type { UserView } from "#access/api";
import { formatDate } from "../../parts/format/dates.ts";

interface UserSourcesProps {
  readonly user: UserView;
  readonly mayTake: boolean;
  onMayTake(mayTake: boolean): void;
}

/** Where an account comes from, and whether the hospital's directory may have it. */
export function UserSources({ user, mayTake, onMayTake }: UserSourcesProps) {
  const { directory, outside, sources, roles, givenRoles } = user;
  const other = roles.filter(({ name }) => !givenRoles.includes(name));
  return (
    <section className="users-sign-in" aria-label="Where the account comes from">
      {directory === undefined ? null : (
        <p>
          {directory.removed === undefined
            ? `Kept by the hospital's directory since ${formatDate(directory.since)}, in ${groupWords(directory.groups)}.`
            : `The hospital's directory took this person away on ${formatDate(directory.removed)}.`}
        </p>
      )}
      {outside === undefined ? null : (
        <p>
          Opened through the hospital's sign-in ({outside.issuer}) since {formatDate(outside.since)}.
        </p>
      )}
      {other.length === 0 ? null : (
        <p>
          From there, and taken away only there: <strong>{other.map(({ title }) => title).join(", ")}</strong>.
        </p>
      )}
      {sources.includes("directory") ? null : (
        <Switch
          label="The hospital's directory may take over this account"
          description="When it sends somebody with this user name. Leave it off for the administrator of bad days."
          checked={mayTake}
          onChange={(event) => onMayTake(event.currentTarget.checked)}
        />
      )}
    </section>
  );
}

function groupWords(groups: number): string {
  return groups === 1 ? "one group" : `${groups} groups`;
}
