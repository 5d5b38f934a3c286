import { UnstyledButton } from "@mantine/core";
import type { ApplicationView } from "#access/api";
import { Tag } from "../../parts/tag/tag.tsx";
import "../../parts/table/table.css";

interface ApplicationTableProps {
  readonly applications: readonly ApplicationView[];
  onEdit(application: ApplicationView): void;
}

export const typeWords: Readonly<Record<ApplicationView["type"], string>> = {
  public: "In a browser or on a device",
  confidential: "On a server, for a person",
  backend: "Backend service, by itself",
};

export function ApplicationTable({ applications, onEdit }: ApplicationTableProps) {
  return (
    <div className="table-frame">
      <table className="table table-stacks">
        <caption className="visually-hidden">Applications</caption>
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">Who answers for it</th>
            <th scope="col">Kind</th>
            <th scope="col">May at most</th>
            <th scope="col">State</th>
          </tr>
        </thead>
        <tbody>
          {applications.map((application) => (
            <tr key={application.id} className="table-row-open" onClick={() => onEdit(application)}>
              <th scope="row">
                <UnstyledButton className="table-link users-name" onClick={() => onEdit(application)}>
                  {application.name}
                </UnstyledButton>
              </th>
              <td>{application.owner}</td>
              <td>{typeWords[application.type]}</td>
              <td>
                {application.sentences[0] ?? <span className="quiet">nothing</span>}
                {application.sentences.length > 1 ? ` and ${application.sentences.length - 1} more` : ""}
              </td>
              <td>
                <ApplicationState state={application.state} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

export function ApplicationState({ state }: { readonly state: ApplicationView["state"] }) {
  switch (state) {
    case "requested":
      return (
        <Tag tone="accent" icon="clock">
          Waits for approval
        </Tag>
      );
    case "approved":
      return (
        <Tag tone="good" icon="check">
          Approved
        </Tag>
      );
    case "suspended":
      return (
        <Tag tone="warn" icon="hold">
          Suspended
        </Tag>
      );
    case "revoked":
      return (
        <Tag tone="plain" icon="cross">
          Revoked
        </Tag>
      );
  }
}
