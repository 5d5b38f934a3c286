import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { type ItemView, listNamed } from "#departments/information/api";
import { FormFailure } from "../../access/form-message.tsx";
import { formatDate } from "../../parts/format/dates.ts";
import { useMe, usePermission } from "../../shell/session/session.ts";
import { useItemOrder } from "../governance-queries.ts";

/** What it is about, field by field, and who works on it. */
export function FactsPart({ item }: { readonly item: ItemView }) {
  const list = listNamed(item.list);
  const outcome = list?.outcomes.find(({ value }) => value === item.outcome)?.label;
  return (
    <section className="worklist-part" aria-labelledby="item-facts">
      <h2 id="item-facts">What it is about</h2>
      <dl className="governance-fields">
        {item.patient === undefined ? null : <PatientFact reference={item.patient} />}
        {list?.fields
          .filter(({ name }) => item.fields[name] !== undefined)
          .map(({ name, label, takes, choices }) => (
            <Fact key={name} label={label}>
              {takes === "day"
                ? formatDate(item.fields[name] ?? "")
                : (choices?.find(({ value }) => value === item.fields[name])?.label ?? item.fields[name] ?? "")}
            </Fact>
          ))}
        {outcome === undefined ? null : <Fact label="Outcome">{outcome}</Fact>}
        <dt>With</dt>
        <dd>
          <Assignee item={item} />
        </dd>
      </dl>
    </section>
  );
}

function Fact({ label, children }: { readonly label: string; readonly children: string }) {
  return (
    <>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </>
  );
}

function PatientFact({ reference }: { readonly reference: string }) {
  const mayExplore = usePermission("explorer.use");
  const id = reference.slice("Patient/".length);
  return (
    <>
      <dt>Patient</dt>
      <dd>
        {mayExplore ? (
          <Link to="/explorer/$type/$id" params={{ type: "Patient", id }}>
            {reference}
          </Link>
        ) : (
          reference
        )}
      </dd>
    </>
  );
}

function Assignee({ item: { id, version, assignee } }: { readonly item: ItemView }) {
  const me = useMe();
  const order = useItemOrder(id);
  const isMine = assignee?.reference === me?.reference;
  return (
    <span className="governance-entry">
      {assignee?.display ?? "nobody yet"}
      <Button
        size="compact-xs"
        variant="default"
        loading={order.isPending}
        onClick={() => order.mutate({ do: "assign", version, mine: !isMine })}
      >
        {isMine ? "Let it go" : "Take it"}
      </Button>
      <FormFailure error={order.error} />
    </span>
  );
}
