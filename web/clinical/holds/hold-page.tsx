import { useQuery } from "@tanstack/react-query";
import { getRouteApi, Link } from "@tanstack/react-router";
import { useState } from "react";
import type { DecidedView, HeldMessageView, MessageView } from "#departments/clinical/api";
import { formatDateTime } from "../../parts/format/dates.ts";
import { Icon } from "../../parts/icon/icon.tsx";
import { Loaded } from "../../parts/state-panel/loaded.tsx";
import { usePermission } from "../../shell/session/session.ts";
import { Reasons } from "../messages/message-head.tsx";
import { messageQuery } from "../messages/message-queries.ts";
import { MessageStateTag } from "../messages/message-state-tag.tsx";
import "../messages/messages.css";
import { ageText } from "./age.ts";
import { DecidedNote } from "./decided-note.tsx";
import { DecisionForm } from "./decision-form.tsx";
import { Decisions } from "./decisions.tsx";
import { heldMessageQuery } from "./hold-queries.ts";
import "../../parts/worklist/worklist.css";
import "./holds.css";
import { MessageContents } from "./message-contents.tsx";
import { SameOrder } from "./same-order.tsx";
import { WhosePatient } from "./whose-patient.tsx";

const route = getRouteApi("/signed-in/links/holds/$id");

/** One held message: why it is held, whose it would be, what it says, and what a person does with it. */
export function HoldPage() {
  const { id } = route.useParams();
  const held = useQuery(heldMessageQuery(id));
  const message = useQuery(messageQuery(id));
  return (
    <div className="page">
      <p className="message-back">
        <Link to="/links/holds">
          <Icon name="chevron-left" size={15} /> Held messages
        </Link>
      </p>
      {held.data === undefined || message.data === undefined ? <h1 className="visually-hidden">Held message</h1> : null}
      <Loaded query={held} label="Loading the held message" rows={10}>
        {(hold) => (
          <Loaded query={message} label="Loading what it says" rows={10}>
            {(view) => <OpenHold key={id} hold={hold} message={view} />}
          </Loaded>
        )}
      </Loaded>
    </div>
  );
}

interface OpenHoldProps {
  readonly hold: HeldMessageView;
  readonly message: MessageView;
}

function OpenHold({ hold, message }: OpenHoldProps) {
  const mayDecide = usePermission("holds.decide");
  const [decided, setDecided] = useState<DecidedView>();
  const isHeld = hold.state === "held";
  return (
    <>
      <HoldHead hold={hold} />
      {decided === undefined ? null : <DecidedNote decided={decided} />}
      <div className="worklist-columns">
        <div className="worklist-column">
          <WhosePatient message={message} />
          <MessageContents message={message} />
        </div>
        <div className="worklist-column">
          {isHeld && mayDecide ? <DecisionForm hold={hold} message={message} onDecided={setDecided} /> : null}
          <SameOrder hold={hold} />
          <Decisions decisions={hold.decisions} />
        </div>
      </div>
    </>
  );
}

function HoldHead({ hold }: { readonly hold: HeldMessageView }) {
  const orders = hold.orders.map(({ filler, placer }) => filler ?? placer).filter((order) => order !== undefined);
  return (
    <div className="message-head">
      <div className="message-title">
        <h1>
          {hold.type ?? "Message without a type"} from {hold.sender}
        </h1>
        <MessageStateTag state={hold.state} />
        {hold.state === "held" ? <span className="quiet">waits {ageText(hold.ageMinutes)}</span> : null}
      </div>
      <Reasons reasons={hold.reasons} />
      <p className="worklist-facts tabular">
        Arrived {formatDateTime(hold.arrivedAt)} over {hold.link}
        {hold.controlId === undefined ? "" : ` · control ID ${hold.controlId}`}
        {orders.length === 0 ? "" : ` · order ${orders.join(", ")}`} ·{" "}
        <Link to="/links/messages/$id" params={{ id: hold.id }}>
          the whole message
        </Link>
      </p>
    </div>
  );
}
