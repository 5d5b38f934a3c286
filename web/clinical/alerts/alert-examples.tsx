import { Link } from "@tanstack/react-router";
import type { AlertView } from "#departments/clinical/api";
import { usePermission } from "../../shell/session/session.ts";
import { exampleOf } from "./alert-words.ts";

/** Where the first of what is amiss can be looked at, by those who may. */
export function AlertExamples({ alert }: { readonly alert: AlertView }) {
  const mayRead = usePermission("messages.read");
  const mayExplore = usePermission("explorer.use");
  const examples = alert.examples.map(exampleOf);
  if (mayRead && examples.some(({ is }) => is === "delivery"))
    return (
      <Link
        to="/links/deliveries"
        search={{
          ...(alert.subject === undefined ? {} : { destination: alert.subject }),
          state: alert.rule === "delivery-parked" ? "parked" : "queued",
        }}
      >
        Look at the deliveries
      </Link>
    );
  return (
    <span className="alert-examples">
      {examples.map((example, at) => {
        if (example.is === "message" && mayRead)
          return (
            <Link key={example.id} to="/links/messages/$id" params={{ id: example.id }}>
              {alert.rule === "silence" ? "The last message" : `Message ${at + 1}`}
            </Link>
          );
        if (example.is === "resource" && mayExplore)
          return (
            <Link key={example.id} to="/explorer/$type/$id" params={{ type: example.kind, id: example.id }}>
              Order {at + 1}
            </Link>
          );
        return null;
      })}
    </span>
  );
}
