import { Checkbox } from "@mantine/core";
import { type ItemView, isOpen, listNamed } from "#departments/information/api";
import { FormFailure } from "../../access/form-message.tsx";
import { formatDate } from "../../parts/format/dates.ts";
import { useItemOrder } from "../governance-queries.ts";

/** What is ticked off before it is done. */
export function ChecksPart({ item }: { readonly item: ItemView }) {
  const { id, version, list, checks, state } = item;
  const order = useItemOrder(id);
  const known = listNamed(list)?.checks ?? [];
  if (known.length === 0) return null;
  return (
    <section className="worklist-part" aria-labelledby="item-checks">
      <h2 id="item-checks">Checklist</h2>
      <div className="governance-checks">
        {known.map(({ name, label, isNeeded }) => {
          const done = checks[name];
          return (
            <Checkbox
              key={name}
              label={isNeeded ? `${label} (needed)` : label}
              description={done === undefined ? undefined : `${done.display}, ${formatDate(done.at)}`}
              checked={done !== undefined}
              disabled={!isOpen(state) || order.isPending}
              onChange={(event) =>
                order.mutate({ do: "check", version, check: name, isDone: event.currentTarget.checked })
              }
            />
          );
        })}
      </div>
      <FormFailure error={order.error} />
    </section>
  );
}
